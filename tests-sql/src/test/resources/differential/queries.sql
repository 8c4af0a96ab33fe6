-- Whole statements with predictions, each compared with the same statement over plain tables that hold the predictions' rows.
-- A block is a case: its name, then its statements, each of which ends with ; at the end of a line. Parameters: ; <- 1, 'x'
-- After the statements the contents of all tables are compared. How the reference is made: see Reference.

-- plain
SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id;

-- columns
SELECT id, predicted_lab, predicted_lab_probability FROM PREDICT(MODEL => 'm', DATA => TABLE t);

-- where on the prediction
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes' AND predicted_lab_probability > 0.6 ORDER BY id;

-- where on an input
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE a > 3 AND s LIKE 'a%' ORDER BY id;

-- where with parameters
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM t WHERE a > ?)) WHERE b < ? AND predicted_lab = ? ORDER BY id; <- 1, 100, 'yes'

-- alias with column list
SELECT x, z FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t)) AS p(x, a, b, z, w) ORDER BY x;

-- inner join
SELECT p.id, k.v, p.predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN k ON k.b = p.b ORDER BY p.id, k.k;

-- left join from the prediction
SELECT p.id, k.v FROM PREDICT(MODEL => 'm', DATA => TABLE t) p LEFT JOIN k ON k.b = p.b AND p.predicted_lab = 'yes' ORDER BY p.id, k.k;

-- left join to the prediction
SELECT k.k, p.id, p.predicted_lab FROM k LEFT JOIN PREDICT(MODEL => 'm', DATA => TABLE t) p ON k.b = p.b ORDER BY k.k, p.id;

-- right join
SELECT k.k, p.id, p.predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) p RIGHT JOIN k ON k.b = p.b ORDER BY k.k, p.id;

-- cross join
SELECT COUNT(*), MIN(p.predicted_lab) FROM k CROSS JOIN PREDICT(MODEL => 'm', DATA => TABLE t) p;

-- natural join
SELECT * FROM k NATURAL JOIN PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t)) ORDER BY id, k;

-- join using
SELECT b, COUNT(*) FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t)) JOIN k USING (b) GROUP BY b ORDER BY b;

-- comma join with condition
SELECT p.id, k.k FROM k, PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE k.b = p.b AND p.predicted_lab = 'yes' ORDER BY 1, 2;

-- non-equality join
SELECT p.id, k.k FROM PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN k ON k.b < p.b ORDER BY 1, 2;

-- null-safe join
SELECT p.id, k.k FROM k JOIN PREDICT(MODEL => 'm', DATA => TABLE t) p ON k.b IS NOT DISTINCT FROM p.b ORDER BY 1, 2;

-- join of two predictions
SELECT x.id, y.id, x.predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) x
JOIN PREDICT(MODEL => 'm', DATA => (SELECT id, b AS a, a AS b FROM t)) y ON x.predicted_lab = y.predicted_lab AND x.id < y.id ORDER BY 1, 2;

-- self join of the same prediction
SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t) x JOIN PREDICT(MODEL => 'm', DATA => TABLE t) y ON x.predicted_lab = y.predicted_lab;

-- nested joins
SELECT k.k, p.id, o.id FROM k LEFT JOIN (PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN other.t o ON o.b = p.b) ON p.id = k.k ORDER BY 1, 2, 3;

-- join with an unnested array
SELECT p.id, x.e FROM PREDICT(MODEL => 'm', DATA => TABLE t) p, UNNEST(ARRAY[1, 2, 5]) AS x(e) WHERE x.e = p.id ORDER BY 1;

-- in a sub-query of FROM
SELECT lab, n FROM (SELECT predicted_lab AS lab, COUNT(*) AS n FROM PREDICT(MODEL => 'm', DATA => TABLE t) GROUP BY predicted_lab) ORDER BY lab;

-- IN
SELECT k FROM k WHERE b IN (SELECT b FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes') ORDER BY k;

-- NOT IN
SELECT k FROM k WHERE k NOT IN (SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes') ORDER BY k;

-- IN of rows
SELECT id FROM t WHERE (id, 'yes') IN (SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t)) ORDER BY id;

-- EXISTS uncorrelated
SELECT k FROM k WHERE EXISTS (SELECT 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'no') ORDER BY k;

-- EXISTS correlated
SELECT k FROM k WHERE EXISTS (SELECT 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.b = k.b AND p.predicted_lab = 'yes') ORDER BY k;

-- NOT EXISTS correlated
SELECT k FROM k WHERE NOT EXISTS (SELECT 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.id = k.k AND p.predicted_lab = 'yes') ORDER BY k;

-- scalar sub-query
SELECT k, (SELECT predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.id = k.k) AS lab FROM k ORDER BY k;

-- scalar sub-query of more than one row
SELECT k, (SELECT predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.b = k.b) FROM k ORDER BY k;

-- scalar aggregate sub-query
SELECT k, (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.b = k.b) AS n FROM k ORDER BY k;

-- ANY and ALL
SELECT k FROM k WHERE k > ALL (SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes' AND id < 3) ORDER BY k;
SELECT k FROM k WHERE b = ANY (SELECT b FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes') ORDER BY k;

-- correlated from the prediction's rows
SELECT id, (SELECT MAX(v) FROM k WHERE k.b = p.b) AS v FROM PREDICT(MODEL => 'm', DATA => TABLE t) p
WHERE EXISTS (SELECT 1 FROM k WHERE k.b = p.b) ORDER BY id;

-- in the select list twice
SELECT (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t)) AS n, (SELECT MIN(predicted_lab) FROM PREDICT(MODEL => 'm', DATA => TABLE t)) AS lab;

-- lateral over the prediction
SELECT id, x.y FROM PREDICT(MODEL => 'm', DATA => TABLE t) p, TABLE(y INT = (1, 2)) x WHERE p.id = x.y ORDER BY 1, 2;

-- union
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE a > 3 UNION SELECT k, v FROM k ORDER BY 1, 2;

-- union all of predictions
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t)
UNION ALL SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE other.t) ORDER BY 1, 2;

-- except, minus, intersect
SELECT id FROM t EXCEPT SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes' ORDER BY 1;
SELECT id FROM t MINUS SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes' ORDER BY 1;
SELECT k FROM k INTERSECT SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes' ORDER BY 1;

-- union with limit in parentheses
(SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id LIMIT 2) UNION ALL (SELECT k FROM k ORDER BY k DESC LIMIT 1) ORDER BY 1;

-- prediction inside a CTE
WITH p AS (SELECT * FROM PREDICT(MODEL => 'm', DATA => TABLE t)) SELECT id, predicted_lab FROM p WHERE a > 3 ORDER BY id;

-- prediction in a CTE that is used twice
WITH p AS (SELECT id, b, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t))
SELECT x.id, y.id FROM p x JOIN p y ON x.predicted_lab = y.predicted_lab AND x.id < y.id ORDER BY 1, 2;

-- a CTE as data
WITH r AS (SELECT id, a, b FROM t WHERE a IS NOT NULL) SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE r) ORDER BY id;

-- two CTEs, one of the other, as data
WITH r AS (SELECT id, a, b FROM t), q(id, a, b) AS (SELECT id, b, a FROM r WHERE id > 2)
SELECT p.id, p.predicted_lab, r.a FROM PREDICT(MODEL => 'm', DATA => TABLE q) p JOIN r ON r.id = p.id ORDER BY 1;

-- a recursive CTE as data
WITH RECURSIVE w(id, a, b) AS (SELECT 1, 1, 5 UNION ALL SELECT id + 1, MOD(a * 3, 7), b FROM w WHERE id < 6)
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE w) ORDER BY id;

-- a recursive query beside a prediction
WITH RECURSIVE w(id, depth) AS (SELECT id, 0 FROM tree WHERE parent IS NULL UNION ALL SELECT c.id, w.depth + 1 FROM tree c JOIN w ON c.parent = w.id)
SELECT w.id, w.depth, p.predicted_lab FROM w JOIN PREDICT(MODEL => 'm', DATA => TABLE tree) p ON p.id = w.id ORDER BY w.id;

-- recursion over a prediction
WITH RECURSIVE w(id, lab) AS (SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE tree) WHERE parent IS NULL
UNION ALL SELECT c.id, c.predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE tree) c JOIN w ON c.parent = w.id) SELECT * FROM w ORDER BY id;

-- nested predictions
SELECT id, a, predicted_lab FROM PREDICT(MODEL => 'm', DATA =>
  (SELECT id, CASE predicted_lab WHEN 'yes' THEN 9 ELSE 0 END AS a, b FROM PREDICT(MODEL => 'm', DATA => TABLE t))) ORDER BY id;

-- scalar inside the data
SELECT id, c, predicted_lab FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b, PREDICTION('m', b + 0, a + 0) AS c FROM t)) ORDER BY id;

-- group by, having, order by aggregate
SELECT predicted_lab, b, COUNT(*) AS n, SUM(a) AS s FROM PREDICT(MODEL => 'm', DATA => TABLE t) GROUP BY predicted_lab, b HAVING COUNT(*) >= 1 ORDER BY n DESC, predicted_lab, b;

-- grouped without order
SELECT predicted_lab, COUNT(*), AVG(a), MAX(s), LISTAGG(id, ',') WITHIN GROUP (ORDER BY id) FROM PREDICT(MODEL => 'm', DATA => TABLE t) GROUP BY predicted_lab;

-- grouping sets are H2's own error
SELECT predicted_lab, b, COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t) GROUP BY GROUPING SETS ((predicted_lab), (b), ());

-- windows over predictions
SELECT id, predicted_lab, ROW_NUMBER() OVER (PARTITION BY predicted_lab ORDER BY id) AS r, SUM(a) OVER (ORDER BY id ROWS 2 PRECEDING) AS s
FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id;

-- qualify
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) QUALIFY ROW_NUMBER() OVER (PARTITION BY predicted_lab ORDER BY id) = 1 ORDER BY id;

-- named window
SELECT id, COUNT(*) OVER w FROM PREDICT(MODEL => 'm', DATA => TABLE t) WINDOW w AS (PARTITION BY predicted_lab ORDER BY id) ORDER BY id;

-- distinct and distinct on
SELECT DISTINCT predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY 1;
SELECT DISTINCT ON (b) b, id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY b, id;

-- limits
SELECT TOP 2 id FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id;
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY;
SELECT id, b FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY b FETCH FIRST 2 ROWS WITH TIES;
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id LIMIT ? OFFSET ?; <- 3, 1

-- order of nulls
SELECT id, a FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY a, id;
SELECT id, a FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY a DESC NULLS LAST, predicted_lab_probability;

-- TABLE and VALUES around
SELECT p.id, x.name FROM PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN (VALUES (1, 'one'), (2, 'two')) x(id, name) ON x.id = p.id ORDER BY 1;
TABLE k ORDER BY 1;

-- wildcard except, qualified wildcard
SELECT p.* EXCEPT (s, c, ic, cl, vb, bn, bl, j, g, rw) FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.id < 3 ORDER BY p.id;

-- quoted columns
SELECT "Mixed", p."order", "PREDICTED_LAB" FROM PREDICT(MODEL => 'm', DATA => TABLE t) p ORDER BY p."order", "Mixed";

-- errors of names
SELECT nosuch FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT p.nosuch FROM PREDICT(MODEL => 'm', DATA => TABLE t) p;
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) p JOIN t ON t.id = p.id;
SELECT nosuch(id) FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) JOIN nosuch ON TRUE;

-- errors while running
SELECT 1 / (id - 3) FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT CAST(s AS INT) FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT id FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a / (id - 3) AS a, b FROM t));

-- scalar in the select list
SELECT id, PREDICTION('m', a, b) AS lab, PREDICTION_PROBABILITY('m', 'yes', a, b) AS p FROM t ORDER BY id;

-- scalar everywhere
SELECT PREDICTION('m', a, b) AS lab, COUNT(*) AS n FROM t WHERE PREDICTION_PROBABILITY('m', 'yes', a, b) BETWEEN 0 AND 1
GROUP BY PREDICTION('m', a, b) HAVING MIN(PREDICTION('m', a, b)) IS NOT NULL ORDER BY PREDICTION('m', a, b);

-- scalar in CASE, IN, BETWEEN, LIKE
SELECT id, CASE PREDICTION('m', a, b) WHEN 'yes' THEN 1 ELSE 0 END AS x FROM t WHERE PREDICTION('m', a, b) IN ('yes', 'no') AND PREDICTION('m', a, b) LIKE '%o%' ORDER BY id;

-- scalar in a join condition
SELECT t.id, k.k FROM t JOIN k ON k.b = t.b AND PREDICTION('m', t.a, k.k) = 'yes' ORDER BY 1, 2;

-- scalar in a correlated sub-query
SELECT id, (SELECT MAX(PREDICTION('m', t.a, k.k)) FROM k WHERE k.b = t.b) AS x FROM t ORDER BY id;

-- scalar of scalar
SELECT id, PREDICTION('m', CASE PREDICTION('m', a, b) WHEN 'yes' THEN 1 ELSE 9 END, b) AS x FROM t ORDER BY id;

-- scalar in a window and over a window
SELECT id, COUNT(*) OVER (PARTITION BY PREDICTION('m', a, b)) AS n, PREDICTION('m', ROW_NUMBER() OVER (ORDER BY id), b) AS x FROM t ORDER BY id;

-- scalar over aggregates
SELECT b, PREDICTION('m', MAX(a), COUNT(*)) AS x FROM t GROUP BY b ORDER BY b;

-- scalar with parameters
SELECT id FROM t WHERE PREDICTION('m', ?, b) = ? ORDER BY id; <- 4, 'yes'

-- scalar of literals
VALUES (1, PREDICTION('m', 1, 2)), (2, PREDICTION('m', 9, 1));
CALL PREDICTION('m', 9, 1);

-- scalar in a recursive query
WITH RECURSIVE w(id, a) AS (SELECT 1, 1 UNION ALL SELECT id + 1, CASE PREDICTION('m', a, 5) WHEN 'yes' THEN 0 ELSE a + 2 END FROM w WHERE id < 9) SELECT * FROM w ORDER BY id;

-- scalar beside a prediction
SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = PREDICTION('m', a, b) ORDER BY id;

-- insert from a prediction
INSERT INTO target SELECT id + 100, predicted_lab, predicted_lab_probability FROM PREDICT(MODEL => 'm', DATA => TABLE t);

-- insert from a prediction over the same table
INSERT INTO t(id, a, b, must) SELECT id + 100, CASE predicted_lab WHEN 'yes' THEN 1 END, b, id FROM PREDICT(MODEL => 'm', DATA => TABLE t);

-- insert values
INSERT INTO target VALUES (50, PREDICTION('m', 3, 2), PREDICTION_PROBABILITY('m', 'yes', 3, 2)), (51, PREDICTION('m', 0, 9), NULL);
INSERT INTO target(id, lab) VALUES (?, PREDICTION('m', ?, 1)); <- 52, 9

-- insert direct and with column list
INSERT INTO target(p, id) DIRECT SELECT predicted_lab_probability, id + 200 FROM PREDICT(MODEL => 'm', DATA => TABLE t);

-- insert that violates a key
INSERT INTO target SELECT id, predicted_lab, 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t);

-- insert with generated columns and identity
INSERT INTO keyed(lab) SELECT predicted_lab FROM PREDICT(MODEL => 'm', DATA => (SELECT * FROM t ORDER BY id));
SELECT IDENTITY();

-- update with a scalar
UPDATE t SET s = PREDICTION('m', a, b) WHERE PREDICTION('m', a, b) = 'yes';

-- update what the prediction reads
UPDATE t SET a = CASE PREDICTION('m', a, b) WHEN 'yes' THEN 0 ELSE 10 END;

-- update from a sub-query
UPDATE target SET lab = (SELECT predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.id = target.id), p = 0 WHERE id < 10;

-- update of several columns from a sub-query
UPDATE target SET (lab, p) = (SELECT predicted_lab, predicted_lab_probability FROM PREDICT(MODEL => 'm', DATA => TABLE t) x WHERE x.id = target.id) WHERE id < 10;

-- update of the table that the prediction reads
UPDATE t SET b = (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.predicted_lab = 'yes' AND p.id <= t.id);

-- update where IN a prediction
UPDATE t SET s = 'x' WHERE id IN (SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'no');

-- delete
DELETE FROM t WHERE PREDICTION('m', a, b) = 'no';

-- delete where IN and EXISTS
DELETE FROM target WHERE id IN (SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes');
DELETE FROM t WHERE EXISTS (SELECT 1 FROM PREDICT(MODEL => 'm', DATA => TABLE t) p WHERE p.id = t.id + 1 AND p.predicted_lab = 'yes');

-- merge using a prediction
MERGE INTO target USING PREDICT(MODEL => 'm', DATA => TABLE t) p ON target.id = p.id
WHEN MATCHED AND p.predicted_lab = 'yes' THEN UPDATE SET lab = p.predicted_lab, p = p.predicted_lab_probability
WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (p.id, p.predicted_lab, NULL);

-- merge using a sub-query over a prediction
MERGE INTO target USING (SELECT id, predicted_lab AS lab FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE id > 1) p ON target.id = p.id
WHEN MATCHED THEN UPDATE SET lab = p.lab WHEN NOT MATCHED THEN INSERT (id, lab) VALUES (p.id, p.lab);

-- merge into the table that the prediction reads
MERGE INTO t USING (SELECT id + 1 AS id, predicted_lab AS lab FROM PREDICT(MODEL => 'm', DATA => TABLE t)) p ON t.id = p.id
WHEN MATCHED THEN UPDATE SET s = p.lab, a = 3 WHEN NOT MATCHED THEN INSERT (id, s, must) VALUES (p.id, p.lab, 0);

-- merge with a scalar
MERGE INTO target USING t ON target.id = t.id WHEN MATCHED THEN UPDATE SET lab = PREDICTION('m', t.a, t.b) WHEN NOT MATCHED AND PREDICTION('m', t.a, t.b) = 'yes' THEN INSERT VALUES (t.id, 'new', 0);

-- merge by sub-queries over the target
MERGE INTO target USING k ON target.id = k.k WHEN MATCHED THEN UPDATE SET p = (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => (SELECT id AS a, id AS b FROM target)) x)
WHEN NOT MATCHED THEN INSERT VALUES (k.k, (SELECT MIN(predicted_lab) FROM PREDICT(MODEL => 'm', DATA => TABLE t)), 5);

-- merge by key
MERGE INTO target(id, lab) KEY (id) SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t);
MERGE INTO target(id, lab) KEY (id) VALUES (1, PREDICTION('m', 9, 1)), (60, PREDICTION('m', 0, 9));

-- create table as
CREATE TABLE made AS SELECT id, predicted_lab, predicted_lab_probability AS p, PREDICTION('m', b + 0, a + 0) AS other FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT * FROM made ORDER BY id;
SELECT column_name, data_type, character_maximum_length, numeric_precision, is_nullable FROM information_schema.columns WHERE LOWER(table_name) = 'made' ORDER BY ordinal_position;

-- create local temporary table as
CREATE LOCAL TEMPORARY TABLE made NOT PERSISTENT AS SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE t);
SELECT * FROM made ORDER BY id;

-- final table
SELECT id, lab FROM FINAL TABLE (INSERT INTO target SELECT id + 300, predicted_lab, NULL FROM PREDICT(MODEL => 'm', DATA => TABLE t)) ORDER BY id;

-- old table
SELECT id, lab FROM OLD TABLE (UPDATE target SET lab = PREDICTION('m', id, id)) ORDER BY id;
SELECT COUNT(*) FROM OLD TABLE (DELETE FROM target WHERE lab = PREDICTION('m', id, id));

-- delta table into a prediction
SELECT a, predicted_lab FROM PREDICT(MODEL => 'm', DATA => (SELECT id AS a, 5 AS b FROM FINAL TABLE (INSERT INTO target VALUES (70, 'n', 0)))) ORDER BY a;

-- for update
SELECT id, PREDICTION('m', a, b) AS lab FROM t WHERE id = 1 FOR UPDATE;
SELECT t.id FROM t WHERE id IN (SELECT id FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes') ORDER BY id FOR UPDATE;

-- variables
SET @n = (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => TABLE t) WHERE predicted_lab = 'yes');
SELECT @n;
SET @lab = PREDICTION('m', 9, 1);
SELECT @lab;

-- sequences
SELECT NEXT VALUE FOR seq AS n, id FROM PREDICT(MODEL => 'm', DATA => TABLE t) ORDER BY id;
SELECT NEXT VALUE FOR seq;

-- ml.predict
SELECT id, predicted_lab FROM ML.PREDICT(MODEL m, TABLE t) ORDER BY id;
SELECT id, predicted_lab FROM ML.PREDICT(MODEL m, (SELECT * FROM t WHERE id > 4)) ORDER BY id;

-- execution of several statements
INSERT INTO target SELECT 90, predicted_lab, 0 FROM PREDICT(MODEL => 'm', DATA => TABLE other.t) WHERE id = 1; UPDATE target SET p = 7 WHERE id = 90;
SELECT lab, p FROM target WHERE id = 90;

-- explain and the catalog beside it
SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE table_name LIKE '%PREDICT%' AND table_schema <> 'INSITU';
EXPLAIN SELECT * FROM k WHERE k = 1;

-- data from a view, from quoted and qualified names
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE v) ORDER BY id;
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE "PUBLIC"."T") ORDER BY id;
SELECT id, predicted_lab FROM PREDICT(MODEL => 'm', DATA => TABLE other.t) ORDER BY id;

-- empty inputs
SELECT * FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t WHERE FALSE));
SELECT COUNT(*), MAX(predicted_lab) FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t WHERE FALSE));
INSERT INTO target SELECT id, predicted_lab, 0 FROM PREDICT(MODEL => 'm', DATA => (SELECT id, a, b FROM t WHERE FALSE));

-- merge, whose sub-query reads a prediction over the rows that the same statement changes
MERGE INTO target USING (SELECT k FROM k WHERE k < 4 ORDER BY CASE k WHEN 1 THEN 1 WHEN 3 THEN 2 ELSE 3 END) s ON target.id = s.k
WHEN MATCHED THEN UPDATE SET p = (SELECT COUNT(*) FROM PREDICT(MODEL => 'm', DATA => (SELECT id AS a, id AS b FROM target)) x) WHEN NOT MATCHED THEN INSERT VALUES (s.k, 'new', 5);
