-- Expressions over the table T of setup.sql that have the same value, type and error with and without a prediction in their
-- statement. One a line; a line that ends with a backslash goes on.
--   @database SETTINGS      fresh databases with these URL settings for what follows
--   @session STATEMENT      run in both sessions
--   @values, @aggregates, @windows, @once     what follows: see DifferentialTest
--   <- 1, 'x'               the values of the parameters of a line

@database
@values

-- Integers, division, overflow
a / b
a / 2
-7 / 2
7 / 2.0
a / NULLIF(b, 2)
MOD(a, 3)
a % 4
b * 1.5
n / 3
n * n
dp / 0.1
re / 3
df / 3
bi + 1
ti + ti
si * 2
a / 0
1 / (b - 2)
CAST(bi AS INTEGER)
POWER(a, 2)
SQRT(a)
ABS(n)
SIGN(dp)
-ti
BITAND(a, 6)
LSHIFT(b, 3)
a + NULL
CAST(1 AS NUMERIC(10, 4)) / 3
CAST(a AS NUMERIC(20, 5)) / b

-- Rounding and casts
CAST(2.7 AS INT)
CAST(-2.7 AS INT)
CAST(n AS INT)
CAST(dp AS INT)
CAST(re AS NUMERIC(6, 1))
ROUND(n, 1)
ROUND(dp)
ROUND(-2.5)
TRUNCATE(n, 1)
TRUNC(dp)
CEIL(n)
FLOOR(dp)
CAST(df AS DECFLOAT(3))
CAST(n AS VARCHAR)
CAST(dp AS VARCHAR)
CAST(re AS VARCHAR)
CAST(f AS INT)
CAST(a AS BOOLEAN)
CAST('12' AS INT) + b
CAST(s AS INT)
CAST('1e3' AS DOUBLE PRECISION)
CAST(ts AS DATE)
CAST(da AS TIMESTAMP)
CAST(tsz AS TIMESTAMP)
CAST(ts AS TIMESTAMP WITH TIME ZONE)
CAST(n AS NUMERIC(3, 1))
sm + 1
CAST(a AS small)
CONVERT(n, INTEGER)
n::INT
a IS OF (INTEGER)

-- NULL
a IS NULL
a = NULL
a IS NOT DISTINCT FROM b
NULLIF(a, 7)
COALESCE(a, b, 0)
IFNULL(s, 'none')
NVL(s, 'none')
NVL2(s, a, b)
a IN (1, NULL, 7)
a NOT IN (1, NULL, 7)
NULL
f AND NULL
f OR TRUE
f IS UNKNOWN
f IS NOT TRUE
GREATEST(a, b)
LEAST(a, b, 3)
ZEROIFNULL(a)

-- Text: CHAR padding, CASE, case, trimming
c
c = 'ab'
c || '|'
LENGTH(c)
CHAR_LENGTH(c)
CAST(s AS CHAR(8))
CASE WHEN a > 3 THEN 'big' ELSE 'tiny' END
CASE WHEN a > 3 THEN 'big' ELSE CAST('x' AS CHAR(5)) END
CASE b WHEN 2 THEN 1 WHEN 3 THEN 2.50 END
CASE WHEN f THEN a ELSE dp END
CASE WHEN FALSE THEN 'x' END
DECODE(b, 2, 'two', 3, 'three', 'other')
s || a
CONCAT(s, NULL, a)
CONCAT_WS('-', s, c, a)
UPPER(s)
LOWER(ic)
ic = 'YES'
s LIKE 'a%'
s LIKE '%\_%' ESCAPE '\'
ic LIKE 'y%'
s ILIKE 'B%'
REGEXP_LIKE(s, '^[ab]', 'i')
REGEXP_REPLACE(s, '[aeiou]', '*')
REGEXP_SUBSTR(s, 'p+')
s REGEXP 'an'
SUBSTRING(s FROM 2 FOR 3)
SUBSTR(s, -2)
LEFT(s, 2)
RIGHT(c, 1)
POSITION('p' IN s)
INSTR(s, 'a', 1, 2)
LOCATE('e', s)
LPAD(s, 8, '*')
RPAD(c, 7)
TRIM(BOTH ' ' FROM c)
TRIM(LEADING 'a' FROM s)
LTRIM(s)
REPLACE(s, 'a', 'AA')
TRANSLATE(s, 'abc', 'xyz')
REPEAT(s, 2)
SPACE(3)
ASCII(s)
CHAR(65 + b)
UNICODE(s)
SOUNDEX(s)
DIFFERENCE(s, 'appel')
INITCAP(s)
HEXTORAW('0041')
QUOTE_IDENT(s)
STRINGENCODE(s)
OCTET_LENGTH(s)
INSERT(s, 2, 1, 'XX')
TO_CHAR(n, '999990.00')
TO_NUMBER('12')
U&'\00e4' || s

-- Large objects and bytes
cl
bl
LENGTH(cl)
cl || 'x'
UPPER(cl)
CAST(s AS CLOB)
SUBSTRING(cl, 1, 4)
vb
bn
bl || X'0a'
vb = X'0102'
CAST(vb AS BINARY(10))
RAWTOHEX(vb)
HASH('SHA-256', vb)
CAST(bn AS INTEGER)
ENCRYPT('AES', '00', vb)
COMPRESS(vb)
UTF8TOSTRING(STRINGTOUTF8(s))

-- Dates, times, time zones
da + 1
da - DATE '2024-01-01'
ts - TIMESTAMP '2024-01-01 00:00:00'
tm + INTERVAL '1' HOUR
tsz
tz
tsz AT TIME ZONE 'America/New_York'
ts AT TIME ZONE '+05:30'
tsz AT LOCAL
EXTRACT(EPOCH FROM tsz)
EXTRACT(DOW FROM da)
EXTRACT(ISO_WEEK FROM da)
EXTRACT(TIMEZONE_HOUR FROM tsz)
YEAR(da)
MONTH(ts)
DAY_OF_WEEK(da)
DAYNAME(da)
MONTHNAME(da)
QUARTER(ts)
ISO_YEAR(da)
DATEADD('MONTH', 1, da)
DATEADD(DAY, a, ts)
TIMESTAMPADD(HOUR, 36, ts)
DATEDIFF(DAY, da, DATE '2024-03-15')
DATEDIFF('MONTH', ts, TIMESTAMP '2025-01-01 00:00:00')
DATE_TRUNC('MONTH', ts)
LAST_DAY(da)
FORMATDATETIME(ts, 'yyyy-MM-dd HH:mm', 'en')
PARSEDATETIME('03.02.2001', 'dd.MM.yyyy')
TO_CHAR(ts, 'YYYY-MM-DD')
TO_DATE('2024-05-06', 'YYYY-MM-DD')
FROM_UNIXTIME(0)
(da, da + 1) OVERLAPS (DATE '2024-02-28', DATE '2024-03-01')
CAST(tm AS TIME(0))
CAST(ts AS TIMESTAMP(0))
ts = da
CURRENT_DATE = CAST(CURRENT_TIMESTAMP AS DATE)
LOCALTIMESTAMP IS OF (TIMESTAMP)
ROUND(ts)

-- Intervals
iv
ym
iv * 2
iv / 3
ym + INTERVAL '1' MONTH
EXTRACT(HOUR FROM iv)
da + ym
ts + iv
(ts - TIMESTAMP '2024-01-01 00:00:00') HOUR
CAST(iv AS INTERVAL HOUR)
INTERVAL '1-2' YEAR TO MONTH

-- UUID, ENUM, ARRAY, ROW, JSON, geometry
u
CAST(u AS VARCHAR)
u = '00000000-0000-4000-8000-000000000001'
en
en = 'red'
en + 0
CAST(en AS VARCHAR)
CAST('blue' AS ENUM('red', 'green', 'blue'))
ar
ar[1]
ar[9]
ar || 4
CARDINALITY(ar)
ARRAY[a, b]
ARRAY_CONTAINS(ar, 2)
ARRAY_SLICE(ar, 1, 2)
TRIM_ARRAY(ar, 1)
ARRAY_APPEND(ar, 3)
rw
(rw).x
ROW(a, s)
(a, b) = (7, 2)
(a, b) IN ((7, 2), (9, 5))
j
(j).k
JSON_OBJECT('a': a, 's': s)
JSON_ARRAY(a, b NULL ON NULL)
s FORMAT JSON
CAST(a AS JSON)
j IS JSON ARRAY
g
CAST(g AS VARCHAR)
g && GEOMETRY 'POINT (1 2)'

-- Names
"Mixed"
"order"
t.a
t."Mixed" + 1
`A`
must
twelve
"A" + "a"
nosuch
t.nosuch
other.t.a

-- Functions of the user, sub-queries, variables, parameters
my_abs(a)
my_pow(a, 2)
my_pow(a)
nosuch(a)
(SELECT MAX(k.k) FROM k)
(SELECT COUNT(*) FROM k WHERE k.b = t.b)
(SELECT v FROM k WHERE k.b = t.b)
EXISTS (SELECT 1 FROM k WHERE k.b = t.b)
a > ALL (SELECT k.k FROM k)
b = ANY (SELECT k.b FROM k)
a IN (SELECT k.k FROM k)
ARRAY(SELECT k.k FROM k WHERE k.b = t.b ORDER BY 1)
a + ? <- 5
CAST(? AS VARCHAR) || s <- 'x'
a = ? OR b = ? <- 7, 8
? <- 'alone'
COALESCE(?, n) <- null
a BETWEEN ? AND ? <- 1, 8
CARDINALITY(?) + a <- null
@session SET @v = 41
@v + 1
@nosuch
@session SET TIME ZONE 'America/New_York'
tsz AT LOCAL
CAST(ts AS TIMESTAMP WITH TIME ZONE)
CAST(tsz AS TIMESTAMP)
CAST(tm AS TIME WITH TIME ZONE)
EXTRACT(EPOCH FROM CAST(ts AS TIMESTAMP WITH TIME ZONE))
@session SET TIME ZONE LOCAL
CURRENT_SCHEMA
CURRENT_CATALOG IS NOT NULL
CURRENT_USER
LOCK_MODE()
IDENTITY()
DATABASE_PATH() IS NULL
ORA_HASH(s, 100)
CAST(s AS VARCHAR(2))
TABLE(x INT = (1, 2))

@once
NEXT VALUE FOR seq
CURRENT VALUE FOR seq
RAND(42)
ROWNUM()
@rn := COALESCE(@rn, 0) + 1
SET(@total, COALESCE(@total, 0) + id)
LENGTH(CAST(RANDOM_UUID() AS VARCHAR))

@aggregates
COUNT(*)
COUNT(a)
COUNT(DISTINCT a)
SUM(a)
SUM(ti)
SUM(n)
SUM(re)
AVG(a)
AVG(ti)
AVG(n)
AVG(dp)
AVG(bi)
MIN(s)
MAX(c)
MAX(tsz)
MIN(ic)
STDDEV_SAMP(a)
VAR_POP(n)
COVAR_POP(a, b)
REGR_SLOPE(dp, a)
EVERY(f)
ANY(f)
BIT_AND_AGG(b)
LISTAGG(s, '; ') WITHIN GROUP (ORDER BY s DESC NULLS LAST)
LISTAGG(DISTINCT c, ',') WITHIN GROUP (ORDER BY c)
STRING_AGG(s, ',' ORDER BY id)
GROUP_CONCAT(a ORDER BY id SEPARATOR '|')
ARRAY_AGG(a ORDER BY id DESC) FILTER (WHERE a IS NOT NULL)
JSON_ARRAYAGG(a ORDER BY id NULL ON NULL)
JSON_OBJECTAGG(KEY CAST(id AS VARCHAR) VALUE a)
PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a)
PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY da)
MEDIAN(n)
MODE(s)
MODE() WITHIN GROUP (ORDER BY c DESC)
ANY_VALUE(must) IS NOT NULL
RANK(3) WITHIN GROUP (ORDER BY a)
COUNT(*) FILTER (WHERE a > 2)
SUM(iv)
AVG(iv)
SUM(a) / COUNT(b)
SUM(s)
HISTOGRAM(b)
ENVELOPE(g)
COUNT(*) + a
SUM(SUM(a)) OVER ()

@windows
ROW_NUMBER() OVER (ORDER BY a NULLS LAST, id)
RANK() OVER (ORDER BY a)
DENSE_RANK() OVER (PARTITION BY b ORDER BY s)
PERCENT_RANK() OVER (ORDER BY a)
CUME_DIST() OVER (ORDER BY a)
NTILE(3) OVER (ORDER BY id)
LAG(a, 1, -1) OVER (ORDER BY id)
LEAD(s IGNORE NULLS) OVER (ORDER BY id)
FIRST_VALUE(a) OVER (PARTITION BY b ORDER BY id)
LAST_VALUE(a) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
NTH_VALUE(a, 2) FROM LAST OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
SUM(a) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND CURRENT ROW)
SUM(n) OVER (ORDER BY b GROUPS 1 PRECEDING EXCLUDE TIES)
AVG(a) OVER ()
COUNT(*) FILTER (WHERE f) OVER (PARTITION BY b)
RATIO_TO_REPORT(b) OVER ()
LISTAGG(s) WITHIN GROUP (ORDER BY id) OVER (PARTITION BY b)
ROW_NUMBER() OVER w

@database
@session SET MODE MySQL
@values
IFNULL(a, 0)
IF(a > 3, 'x', 'y')
a DIV 2
s LIKE 'A%'
DATE_FORMAT(ts, '%Y-%m')
UNIX_TIMESTAMP(TIMESTAMP '2024-01-01 00:00:00')
CONCAT(s, a)
`a` + 1
a || b
s REGEXP 'AN'

@database DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH
@session SET MODE PostgreSQL
@values
a::text
s || a
TO_CHAR(n, 'FM990.00')
CAST(a AS int4)
CURRENT_SCHEMA
SPLIT_PART(s, 'p', 1)
DATE_PART('year', ts)
"A"
a
LOG(10, dp)

@database
@session SET MODE Oracle
@values
NVL(s, 'x')
s || NULL
da - 1
SYSDATE IS NOT NULL
TRUNC(ts)
TO_DATE('2024-01-02', 'YYYY-MM-DD')
ADD_MONTHS(da, 1)
LENGTH('')
DECODE(a, NULL, 'null', 'x')
ROWNUM

@database
@session SET MODE MSSQLServer
@values
ISNULL(a, 0)
LEN(s)
s + 'x'
GETDATE() IS NOT NULL
CONVERT(VARCHAR(10), a)
CHARINDEX('p', s)
[a] + 1
DATEDIFF(DAY, da, ts)

@database
@session SET MODE DB2
@values
a + b
VALUE(a, 1)
CURRENT TIMESTAMP IS NOT NULL

@database DEFAULT_NULL_ORDERING=LAST;CASE_INSENSITIVE_IDENTIFIERS=TRUE
@values
a
"mixed"
"ORDER"
t."A" + b
NULLIF(a, 2)

@database DATABASE_TO_UPPER=FALSE
@values
a
A
s || c
my_abs(a)
Upper(s)

@database INIT=SET COLLATION GERMAN STRENGTH PRIMARY
@values
s = 'APPLE'
s < 'b'
s
MIN(s) OVER ()
