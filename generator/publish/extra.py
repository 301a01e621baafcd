"""Files that a host wants besides the site: what they are called and what is in them."""

from generator.targets import GitTarget, Target


def extra_files(target: Target) -> dict[str, bytes]:
    """The files, by their paths in the site."""
    found: dict[str, bytes] = {}
    if isinstance(target, GitTarget):
        found[".nojekyll"] = b""
        if target.cname:
            found["CNAME"] = f"{target.cname}\n".encode()
    return found
