-- The catalog: what the last build knew. It is a cache: without it a build takes longer and gives the same site.
-- Bump `CATALOG_FORMAT` in database.py with every change here; an older catalog is thrown away, never migrated.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file of the content folder as it was last read; `digest` is the SHA-256 of its bytes.
CREATE TABLE input (
    folder TEXT, name TEXT, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, seen INTEGER, digest BLOB,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;

-- A readable cable. Of several files with one address the first by path is `shown`.
CREATE TABLE cable (
    path TEXT PRIMARY KEY, shown INTEGER NOT NULL, address TEXT NOT NULL,
    id TEXT NOT NULL, created TEXT NOT NULL, released TEXT NOT NULL, subject TEXT NOT NULL, readable TEXT NOT NULL,
    classification TEXT NOT NULL, classification_slug TEXT NOT NULL, origin TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX cable_address ON cable (address);

-- The same cables, apart since lists are made of the rows above: `digest` is that of the file, `head` a packed `Head`.
CREATE TABLE head (path TEXT PRIMARY KEY, digest BLOB NOT NULL, anchors TEXT NOT NULL, head BLOB NOT NULL) WITHOUT ROWID;


-- How many cables are shown. Cables come and go unshown.
CREATE TABLE shown_count (count INTEGER NOT NULL);
INSERT INTO shown_count VALUES (0);
CREATE TRIGGER cable_shown AFTER UPDATE OF shown ON cable WHEN NEW.shown != OLD.shown BEGIN
    UPDATE shown_count SET count = count + NEW.shown - OLD.shown;
END;

-- Shown cables only, from here to `slice`, but for `alias`.
CREATE TABLE name (name TEXT, rank INTEGER, path TEXT, PRIMARY KEY (name, rank, path)) WITHOUT ROWID;
CREATE INDEX name_path ON name (path);

-- The other names that front matter gives to cables, shown or not.
CREATE TABLE alias (name TEXT, path TEXT, PRIMARY KEY (name, path)) WITHOUT ROWID;
CREATE INDEX alias_path ON alias (path);

CREATE TABLE citation (
    path TEXT, position INTEGER, letter TEXT, text TEXT, target TEXT, fallback TEXT, PRIMARY KEY (path, position)
) WITHOUT ROWID;
CREATE INDEX citation_target ON citation (target) WHERE target != '';
CREATE INDEX citation_fallback ON citation (fallback) WHERE fallback != '';

-- The numbers of the posts' cables in each year, and how many different ones of each post and year.
CREATE TABLE number (post TEXT, year INTEGER, serial INTEGER, path TEXT, PRIMARY KEY (post, year, serial, path))
    WITHOUT ROWID;
CREATE TABLE number_count (post TEXT, year INTEGER, count INTEGER NOT NULL, PRIMARY KEY (post, year)) WITHOUT ROWID;
CREATE TRIGGER number_came AFTER INSERT ON number WHEN NOT EXISTS (
    SELECT 1 FROM number n WHERE n.post = NEW.post AND n.year = NEW.year AND n.serial = NEW.serial AND n.path != NEW.path
) BEGIN
    INSERT INTO number_count VALUES (NEW.post, NEW.year, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER number_went AFTER DELETE ON number WHEN NOT EXISTS (
    SELECT 1 FROM number n WHERE n.post = OLD.post AND n.year = OLD.year AND n.serial = OLD.serial
) BEGIN
    UPDATE number_count SET count = count - 1 WHERE post = OLD.post AND year = OLD.year;
END;

-- Cables that are cited and are not here, by shelf, and how many of each shelf.
CREATE TABLE absent (shelf TEXT, id TEXT, PRIMARY KEY (shelf, id)) WITHOUT ROWID;
CREATE TABLE shelf (shelf TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER absent_came AFTER INSERT ON absent BEGIN
    INSERT INTO shelf VALUES (NEW.shelf, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER absent_went AFTER DELETE ON absent BEGIN
    UPDATE shelf SET count = count - 1 WHERE shelf = OLD.shelf;
END;

-- `released` is the day, in the lists that have a feed; else empty. Its index is made after the first reading.
CREATE TABLE membership (
    list TEXT, created TEXT, id TEXT, path TEXT, title TEXT, released TEXT, PRIMARY KEY (list, created, id, path)
) WITHOUT ROWID;

-- How the summary of a released cable begins, if it has one: feeds show that.
CREATE TABLE summary (path TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;

-- How many cables of a list call it by which title.
CREATE TABLE list (name TEXT, title TEXT, count INTEGER NOT NULL, PRIMARY KEY (name, title)) WITHOUT ROWID;

-- The parts of the long lists.
CREATE TABLE slice (
    list TEXT, name TEXT, title TEXT NOT NULL, parent TEXT NOT NULL, count INTEGER NOT NULL, is_cut INTEGER NOT NULL,
    PRIMARY KEY (list, name)
) WITHOUT ROWID;
CREATE INDEX slice_parent ON slice (list, parent);

-- Editorial articles and pages. A `hidden` one, faulty or a draft, has no page.
CREATE TABLE article (
    path TEXT PRIMARY KEY, kind TEXT, slug TEXT, title TEXT, date TEXT, author TEXT, summary TEXT, digest BLOB,
    hidden INTEGER
) WITHOUT ROWID;
CREATE TABLE article_citation (
    path TEXT, line INTEGER, name TEXT, anchor TEXT, quoted INTEGER, PRIMARY KEY (path, line, name, anchor, quoted)
) WITHOUT ROWID;
CREATE INDEX article_citation_name ON article_citation (name);

-- The files that we own in the output folder. `fingerprint` is NULL where only the bytes are known.
CREATE TABLE page (
    folder TEXT, name TEXT, kind TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB, digest BLOB NOT NULL,
    size INTEGER, mtime INTEGER, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX page_group ON page (kind, key);

-- How many files there are of each kind.
CREATE TABLE page_count (kind TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER page_came AFTER INSERT ON page BEGIN
    INSERT INTO page_count VALUES (NEW.kind, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER page_went AFTER DELETE ON page BEGIN
    UPDATE page_count SET count = count - 1 WHERE kind = OLD.kind;
END;
CREATE TRIGGER page_turned AFTER UPDATE OF kind ON page WHEN NEW.kind != OLD.kind BEGIN
    UPDATE page_count SET count = count - 1 WHERE kind = OLD.kind;
    INSERT INTO page_count VALUES (NEW.kind, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- Groups of pages that may look different now, and why. Emptied when the pages have reached the output folder.
CREATE TABLE dirty (kind TEXT, key TEXT, reason TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;

-- What was found wrong, by the file or the group of pages that shows it.
CREATE TABLE problem (
    source TEXT, path TEXT, line INTEGER, text TEXT, hint TEXT, severity TEXT,
    PRIMARY KEY (source, path, line, text)
) WITHOUT ROWID;

-- Where a cable that was read in this build waits to be rendered, so that it is parsed once.
CREATE TABLE parsed (path TEXT PRIMARY KEY, spool TEXT, start INTEGER, length INTEGER) WITHOUT ROWID;
