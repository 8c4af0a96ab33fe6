-- Puts back what the cases of queries.sql change.
DROP TABLE IF EXISTS made;
DELETE FROM target;
INSERT INTO target VALUES (1, 'old', 0.5), (2, NULL, NULL), (20, 'keep', 1);
TRUNCATE TABLE keyed RESTART IDENTITY;
DELETE FROM t;
INSERT INTO t SELECT * FROM saved;
