"""The first start: the sample firm or the firm's server, customers from a file, done."""
