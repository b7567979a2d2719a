"""The sample firm: an accounting firm, its customers and the vendor's register, all invented.

Made anew for the day it is used, so that it is always as if it had been at work yesterday. The same seed
and day give the same firm.
"""

from app.server.sample.firm import SampleFirm, StaffLogin, make_sample_firm

__all__ = ["SampleFirm", "StaffLogin", "make_sample_firm"]
