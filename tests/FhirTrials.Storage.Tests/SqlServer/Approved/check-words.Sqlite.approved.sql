INSERT INTO "WordIndex" ("WordIndex", "rank") VALUES ('integrity-check', 1);
INSERT INTO "TitleIndex" ("TitleIndex") VALUES ('integrity-check');
SELECT 0 AS "Value"

INSERT INTO "WordIndex" ("WordIndex") VALUES ('rebuild');
INSERT INTO "TitleIndex" ("TitleIndex") VALUES ('rebuild')
