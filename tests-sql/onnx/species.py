import pandas
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

penguins = pandas.read_csv("tests-sql/data/penguins.zip").fillna({"sex": ""})
numbers = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
texts = ["island", "sex"]
model = make_pipeline(
    make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore"), texts)),
    LogisticRegression(C=0.02))
model.fit(penguins[numbers + texts], penguins["species"])
inputs = [(c, FloatTensorType([None, 1])) for c in numbers] + [(c, StringTensorType([None, 1])) for c in texts]
with open("tests-sql/onnx/species.onnx", "wb") as file:
    file.write(to_onnx(model, initial_types=inputs).SerializeToString())
right = model.predict(penguins[numbers + texts]) == penguins["species"]
print(right.sum(), "of", len(right))
