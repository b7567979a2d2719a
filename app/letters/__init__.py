"""E-mails as text and HTML in Swedish and English, from resources/mail."""
