-- Queries that any H2 runs, as the input of a prediction and as the query of CREATE MODEL. Each gives the columns A, B and Y.
SELECT a, b, id AS y FROM t;
SELECT TOP 5 a, b, id AS y FROM t ORDER BY id DESC;
SELECT IFNULL(a, 0) AS a, DECODE(b, NULL, 5, b) AS b, id * 2 AS y FROM t;
SELECT a, b, ROW_NUMBER() OVER (ORDER BY id) AS y FROM t;
SELECT a, b, SUM(id) OVER (PARTITION BY b ORDER BY id ROWS UNBOUNDED PRECEDING) AS y FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY id) < 7;
WITH RECURSIVE w(a, b, y) AS (SELECT 0, 3, 1 UNION ALL SELECT MOD(a + 3, 11), b, y + 2 FROM w WHERE y < 12) SELECT * FROM w;
WITH q(a, b, y) AS (VALUES (1, 2, 3.5), (4, 5, 6.5), (NULL, 7, 8.0)) TABLE q;
SELECT C1 AS a, C2 AS b, C3 AS y FROM (VALUES (1, 2, 3), (3, 4, 9));
SELECT * FROM (VALUES (1, 2, 3), (3, 4, 9)) AS x(a, b, y);
SELECT a, b, id AS y FROM t WHERE id < 3 FOR UPDATE;
WITH r AS (SELECT a, b, id FROM t), q AS (SELECT a, b, id AS y FROM r WHERE id > 1) SELECT * FROM q;
SELECT a, b, id AS y FROM t UNION ALL SELECT a, b, id FROM other.t;
SELECT a, b, id AS y FROM t EXCEPT SELECT 7, 2, 1;
(SELECT a, b, id AS y FROM t ORDER BY id LIMIT 3) UNION (SELECT a, b, id FROM tree);
SELECT MOD(x, 7) AS a, MOD(x * 3, 5) AS b, x AS y FROM SYSTEM_RANGE(1, 20);
SELECT CAST(a AS INT) AS a, CAST(b AS INT) AS b, CAST(y AS DOUBLE) AS y FROM CSVREAD('classpath:/differential/rows.csv');
SELECT x.n AS a, 3 AS b, x.ord AS y FROM UNNEST(ARRAY[5, 6, 7, 8]) WITH ORDINALITY AS x(n, ord);
SELECT a, b, y FROM TABLE(a INT = (1, 2, 3), b INT = (4, 5, 6), y INT = (7, 9, 8));
SELECT t.a, o.b, t.id AS y FROM t LEFT JOIN other.t o USING (id);
SELECT t.a, t.b, (SELECT COUNT(*) FROM k WHERE k.b = t.b) + id AS y FROM public.t;
SELECT MAX(a) AS a, b, COUNT(*) + b AS y FROM t WHERE b IS NOT NULL GROUP BY b HAVING COUNT(*) > 0;
SELECT DISTINCT a, b, a + b AS y FROM t WHERE a + b IS NOT NULL;
SELECT a, b, id AS y FROM t ORDER BY id OFFSET 1 ROWS FETCH NEXT 4 ROWS WITH TIES;
SELECT a, b, id AS y FROM t WHERE id > ?; <- 2
SELECT a, ? + 0 AS b, id AS y FROM t WHERE s IS NOT NULL AND id < ?; <- 5, 7
SELECT a, b, my_abs(id) + twelve AS y FROM v;
SELECT * EXCEPT (s), id AS y FROM v;
SELECT a, b, CARDINALITY(ar) AS y FROM t WHERE ar IS NOT NULL;
SELECT /* PREDICT( */ a, b, LENGTH(s || 'PREDICTION(') AS y -- MODEL =>
  FROM t WHERE s IS NOT NULL;
SELECT `A`, "B", id "Y" FROM "PUBLIC"."T";
SELECT a, b, DATEDIFF(DAY, DATE '2024-01-01', da) AS y FROM t WHERE da > DATE '2000-01-01' AND a < 9;
SELECT a, b, id AS y FROM t WHERE (a, b) IN (SELECT a, b FROM t) AND EXISTS (SELECT 1 FROM k) ORDER BY ROWNUM() DESC;
SELECT a, b, EXTRACT(EPOCH FROM ts) AS y FROM t WHERE REGEXP_LIKE(s, '^[a-z]', 'i') AND ts > TIMESTAMP '1960-01-01 00:00:00' AND ts < '3000-01-01';
