"""The vendor's services, the types of engagement and the fixed texts: data, read from resources/catalogue."""

from app.catalogue.catalogue import (
    Catalogue,
    EngagementProposal,
    EngagementProposalKind,
    MappingKind,
    ProductMapping,
)
from app.catalogue.loader import CatalogueError, load_catalogue
from app.catalogue.services import (
    ChecklistItem,
    EndChoice,
    EngagementType,
    Facts,
    FormField,
    Label,
    Option,
    Service,
)
from app.catalogue.texts import Passage, Texts

__all__ = [
    "Catalogue",
    "CatalogueError",
    "ChecklistItem",
    "EndChoice",
    "EngagementProposal",
    "EngagementProposalKind",
    "EngagementType",
    "Facts",
    "FormField",
    "Label",
    "MappingKind",
    "Option",
    "Passage",
    "ProductMapping",
    "Service",
    "Texts",
    "load_catalogue",
]
