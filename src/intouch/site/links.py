"""What a text may lead to: the people it names, and the pictures it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intouch.names import linked
from intouch.site.gallery import NO_PICTURES, Gallery, Shown


@dataclass(frozen=True, slots=True)
class Links:
    """What `[[Wiki Links]]` and `![pictures](photo.jpg)` lead to.

    Attributes:
        slugs: normalised text → slug, as the reading found them.
        address: a person's page by slug, seen from the page that shows the text.
        file: a file of the site by its path, likewise.
        gallery: the pictures of the notebook.
        folder: of the file that the text stands in, relative to the project, with `/`.
    """

    slugs: Mapping[str, str]
    address: Callable[[str], str]
    file: Callable[[str], str] = str
    gallery: Gallery = NO_PICTURES
    folder: str = ""

    def find(self, target: str) -> str:
        """The address that a wiki link's target means; empty where nobody is called so."""
        slug = self.slugs.get(linked(target))
        return "" if slug is None else self.address(slug)

    def picture(self, target: str, *, anywhere: bool) -> Shown | None:
        """The picture that an address means; None where it means none that can be shown.

        Args:
            target: the address.
            anywhere: whether a name alone finds a picture in any folder.
        """
        return self.gallery.find(self.folder, target, anywhere=anywhere)
