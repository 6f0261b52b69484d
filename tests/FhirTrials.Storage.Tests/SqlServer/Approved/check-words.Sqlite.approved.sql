INSERT INTO "WordIndex" ("WordIndex", "rank") VALUES ('integrity-check', 1); SELECT 0 AS "Value" 

INSERT INTO "WordIndex" ("WordIndex") VALUES ('rebuild')
