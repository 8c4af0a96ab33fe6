"""Estimators of scikit-learn, each once. How columns meet them is varied in pipelines_edges.py too."""
import numpy as np
from sklearn import (
    calibration, cluster, compose, cross_decomposition, decomposition, discriminant_analysis, ensemble,
    gaussian_process, linear_model, mixture, multiclass, multioutput, naive_bayes, neighbors,
    neural_network, pipeline as pipe, preprocessing, feature_selection, svm, tree)
from skl2onnx import to_onnx
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType, Int64TensorType

import data
from fixture import Made, label, number, pipeline, probabilities, vector

STEPS = "one row lies on the border of a bin: the library compares in float64, the graph in float32"
FLOAT32 = "skl2onnx computes in float32, the library in float64"


def matrix(d, kind=FloatTensorType, name="float_input", columns=None):
    """One input for all columns, and the option that names them."""
    columns = columns or d.columns
    return [(name, kind([None, len(columns)]))], {"input_columns": {name: columns}}


def columns(d, kind=FloatTensorType, names=None):
    """One input per column."""
    return [(c, kind([None, 1])) for c in names or d.columns], {}


def convert(model, types, opset=21, options=None, ml=3, **more):
    return to_onnx(model, initial_types=types, options=options, name="model",
                   target_opset={"": opset, "ai.onnx.ml": ml}, **more)


def classifier(model, d, types, zipmap=True, options=None, test=None, scores=None, **more):
    """The usual two outputs: label and probabilities (or what stands in their place)."""
    types, needed = types
    test = d.test if test is None else test
    wanted = {} if zipmap is None else {"zipmap": zipmap}
    wanted.update(options or {})
    graph = convert(model, types, options={id(model): wanted}, **more)
    names = [o.name for o in graph.graph.output]
    scores = model.predict_proba(test) if scores is None else scores
    return Made(graph, [label(names[0], model.predict(test)),
                        probabilities(names[1], scores, model.classes_)], needed)


def regressor(model, d, types, test=None, **more):
    types, needed = types
    graph = convert(model, types, **more)
    prediction = model.predict(d.test if test is None else test)
    name = graph.graph.output[0].name
    output = vector(name, prediction) if prediction.ndim == 2 else number(name, prediction)
    return Made(graph, [output], needed)


def separate(d):
    """Takes one input per column where an estimator itself takes one matrix."""
    return compose.ColumnTransformer([("all", "passthrough", d.columns)])


def scaled(model):
    return pipe.make_pipeline(preprocessing.StandardScaler(), model)


# ---- linear --------------------------------------------------------------------------------------


@pipeline("Linear regression", data.diabetes, "regression", "one float matrix")
def linear_regression(d):
    return regressor(linear_model.LinearRegression().fit(d.matrix, d.y), d, matrix(d))


@pipeline("Linear regression in double", data.diabetes, "regression",
          "one double matrix, the input called X")
def linear_regression_double(d):
    model = scaled(linear_model.LinearRegression()).fit(d.matrix, d.y)
    return regressor(model, d, matrix(d, DoubleTensorType, "X"))


@pipeline("Ridge", data.diabetes, "regression", "one double input per column")
def ridge(d):
    return regressor(scaled(linear_model.Ridge(0.7)).fit(d.matrix, d.y), d,
                     columns(d, DoubleTensorType))


@pipeline("Lasso", data.diabetes, "regression", "one float input per column")
def lasso(d):
    return regressor(scaled(linear_model.Lasso(0.5)).fit(d.matrix, d.y), d, columns(d))


@pipeline("Elastic net", data.diabetes, "regression", "one float matrix")
def elastic_net(d):
    return regressor(scaled(linear_model.ElasticNet(0.3)).fit(d.matrix, d.y), d, matrix(d))


@pipeline("Poisson regression", data.diabetes, "regression", "one double matrix")
def poisson_regression(d):
    return regressor(scaled(linear_model.PoissonRegressor()).fit(d.matrix, d.y), d,
                     matrix(d, DoubleTensorType))


@pipeline("Quantile, Huber and Theil-Sen are linear too: Huber", data.diabetes, "regression",
          "one float matrix")
def huber(d):
    return regressor(scaled(linear_model.HuberRegressor()).fit(d.matrix, d.y), d, matrix(d))


@pipeline("Two targets at once", data.diabetes, "regression", "one float matrix; [N, 2] out")
def two_targets(d):
    targets = np.column_stack([d.y, d.matrix[:, 2] + d.y / 100])
    return regressor(scaled(linear_model.Ridge()).fit(d.matrix, targets), d, matrix(d))


@pipeline("A model per target", data.diabetes, "regression", "one float matrix; [N, 2] out")
def model_per_target(d):
    targets = np.column_stack([d.y, d.y ** 0.5])
    model = multioutput.MultiOutputRegressor(
        tree.DecisionTreeRegressor(max_depth=3, random_state=0)).fit(d.matrix, targets)
    return regressor(model, d, matrix(d))


@pipeline("Partial least squares", data.diabetes, "regression", "one double matrix")
def partial_least_squares(d):
    return regressor(cross_decomposition.PLSRegression(3).fit(d.matrix, d.y), d,
                     matrix(d, DoubleTensorType))


@pipeline("Logistic regression, two classes", data.cancer, "classification",
          "one float matrix; text labels, ZipMap")
def logistic_binary(d):
    return classifier(scaled(linear_model.LogisticRegression()).fit(d.matrix, d.y), d, matrix(d))


@pipeline("Logistic regression, three classes", data.wine, "classification",
          "one float input per column; int64 labels, ZipMap with int64 keys")
def logistic_multinomial(d):
    return classifier(scaled(linear_model.LogisticRegression()).fit(d.matrix, d.y), d, columns(d))


@pipeline("Logistic regression in double", data.wine, "classification",
          "one double matrix; label and probabilities as tensors")
def logistic_double(d):
    return classifier(scaled(linear_model.LogisticRegression()).fit(d.matrix, d.y), d,
                      matrix(d, DoubleTensorType), zipmap=False)


@pipeline("Stochastic gradient descent with log loss", data.wine, "classification",
          "one float matrix; tensors out")
def sgd_classifier(d):
    model = scaled(linear_model.SGDClassifier(loss="log_loss", random_state=0, max_iter=2000))
    return classifier(model.fit(d.matrix, d.y), d, matrix(d), zipmap=False)


@pipeline("Perceptron", data.iris, "classification", "one float matrix; scores instead of probabilities")
def perceptron(d):
    model = scaled(linear_model.Perceptron(random_state=0)).fit(d.matrix, d.y)
    made = classifier(model, d, matrix(d), zipmap=False, options={"raw_scores": True},
                      scores=model.decision_function(d.test))
    return made


@pipeline("Linear discriminant analysis", data.wine, "classification", "one float matrix; ZipMap")
def linear_discriminant(d):
    return classifier(discriminant_analysis.LinearDiscriminantAnalysis().fit(d.matrix, d.y), d,
                      matrix(d))


@pipeline("Quadratic discriminant analysis", data.iris, "classification", "one double matrix; tensors out")
def quadratic_discriminant(d):
    return classifier(discriminant_analysis.QuadraticDiscriminantAnalysis().fit(d.matrix, d.y), d,
                      matrix(d, DoubleTensorType), zipmap=False)


# ---- support vectors, neighbours, Bayes ----------------------------------------------------------


@pipeline("Linear support vectors, three classes", data.iris, "classification",
          "one float matrix; scores instead of probabilities")
def linear_svc(d):
    model = svm.LinearSVC(random_state=0).fit(d.matrix, d.y)
    return classifier(model, d, matrix(d), zipmap=None, options={"raw_scores": True},
                      scores=model.decision_function(d.test))


@pipeline("Support vectors with probabilities", data.iris, "classification",
          "one float matrix; text labels, ZipMap")
def svc_probability(d):
    model = scaled(svm.SVC(probability=True, random_state=0)).fit(d.matrix, d.y)
    return classifier(model, d, matrix(d))


@pipeline("Support vectors without probabilities", data.wine, "classification",
          "one float matrix; scores instead of probabilities")
def svc_scores(d):
    model = scaled(svm.SVC()).fit(d.matrix, d.y)
    return classifier(model, d, matrix(d), zipmap=False, options={"raw_scores": True},
                      scores=model.decision_function(d.test))


@pipeline("Support vector regression", data.diabetes, "regression", "one float matrix")
def svr(d):
    return regressor(scaled(svm.SVR(C=20)).fit(d.matrix, d.y), d, matrix(d))


@pipeline("One-class support vectors", data.wine, "outlier", "one float matrix; label and score")
def one_class_svm(d):
    model = scaled(svm.OneClassSVM(nu=0.2)).fit(d.matrix)
    types, needed = matrix(d)
    graph = convert(model, types)
    names = [o.name for o in graph.graph.output]
    return Made(graph, [label(names[0], model.predict(d.test)),
                        number(names[1], model.decision_function(d.test))], needed)


@pipeline("Nearest neighbours", data.iris, "classification", "one float matrix; ZipMap")
def neighbours_classifier(d):
    return classifier(neighbors.KNeighborsClassifier(5).fit(d.matrix, d.y), d, matrix(d))


@pipeline("Nearest neighbours, the nearer the heavier", data.iris, "classification",
          "one float matrix; ZipMap",
          cause="skl2onnx leaves weights='distance' out: the graph counts neighbours")
def neighbours_weighted(d):
    model = neighbors.KNeighborsClassifier(5, weights="distance").fit(d.matrix, d.y)
    return classifier(model, d, matrix(d))


@pipeline("Nearest neighbours in double, Manhattan", data.wine, "classification",
          "one double matrix; tensors out")
def neighbours_double(d):
    model = scaled(neighbors.KNeighborsClassifier(3, metric="manhattan")).fit(d.matrix, d.y)
    return classifier(model, d, matrix(d, DoubleTensorType), zipmap=False)


@pipeline("Regression of nearest neighbours", data.diabetes, "regression", "one double matrix")
def neighbours_regressor(d):
    model = scaled(neighbors.KNeighborsRegressor(4)).fit(d.matrix[:150], d.y[:150])
    return regressor(model, d, matrix(d, DoubleTensorType))


@pipeline("Gaussian naive Bayes", data.wine, "classification", "one double matrix; tensors out")
def gaussian_naive_bayes(d):
    return classifier(naive_bayes.GaussianNB().fit(d.matrix, d.y), d, matrix(d, DoubleTensorType),
                      zipmap=False)


@pipeline("Multinomial naive Bayes on digits", data.digits, "classification",
          "one int64 matrix of 64 columns; int64 labels, tensors out",
          cause=FLOAT32 + ": a sum of 64 logarithms, about -2000, before it becomes a probability")
def multinomial_naive_bayes(d):
    model = naive_bayes.MultinomialNB().fit(d.matrix, d.y)
    return classifier(model, d, matrix(d, Int64TensorType, "int_input"), zipmap=False)


@pipeline("Bernoulli naive Bayes on digits", data.digits, "classification",
          "one float matrix of 64 columns; ZipMap")
def bernoulli_naive_bayes(d):
    return classifier(naive_bayes.BernoulliNB(binarize=7.5).fit(d.matrix, d.y), d, matrix(d))


@pipeline("Gaussian process", data.diabetes, "regression", "one double matrix")
def gaussian_process_regressor(d):
    x = d.matrix[:80]
    model = scaled(gaussian_process.GaussianProcessRegressor(
        gaussian_process.kernels.RBF(3.0), alpha=1.0, normalize_y=True, optimizer=None))
    return regressor(model.fit(x, d.y[:80]), d, matrix(d, DoubleTensorType))


# ---- trees ---------------------------------------------------------------------------------------


@pipeline("Decision tree", data.iris, "classification", "one float input per column; text labels, ZipMap")
def decision_tree_classifier(d):
    model = pipe.make_pipeline(separate(d), tree.DecisionTreeClassifier(max_depth=4, random_state=0))
    return classifier(model.fit(d.x, d.y), d, columns(d), test=d.rows)


@pipeline("Decision tree, regression", data.diabetes, "regression", "one float matrix")
def decision_tree_regressor(d):
    return regressor(tree.DecisionTreeRegressor(max_depth=5, random_state=0).fit(d.matrix, d.y), d,
                     matrix(d))


@pipeline("Decision tree with its path and its leaf", data.iris, "classification",
          "one float matrix; text of the path and number of the leaf as further outputs")
def decision_tree_path(d):
    model = tree.DecisionTreeClassifier(max_depth=3, random_state=0).fit(d.matrix, d.y)
    types, needed = matrix(d)
    graph = convert(model, types, options={id(model): {
        "zipmap": False, "decision_path": True, "decision_leaf": True}})
    names = [o.name for o in graph.graph.output]
    x = d.test.astype(np.float32)
    paths = ["".join(str(int(v)) for v in row) for row in model.decision_path(x).toarray()]
    return Made(graph, [label(names[0], model.predict(x)),
                        probabilities(names[1], model.predict_proba(x), model.classes_),
                        label(names[2], paths), label(names[3], model.apply(x))], needed)


@pipeline("Random forest", data.cancer, "classification", "one float matrix; text labels, ZipMap")
def random_forest_classifier(d):
    return classifier(ensemble.RandomForestClassifier(20, max_depth=5, random_state=0)
                      .fit(d.matrix, d.y), d, matrix(d))


@pipeline("Random forest, regression", data.diabetes, "regression", "one float input per column")
def random_forest_regressor(d):
    model = pipe.make_pipeline(separate(d), ensemble.RandomForestRegressor(
        20, max_depth=5, random_state=0))
    return regressor(model.fit(d.x, d.y), d, columns(d), test=d.rows)


@pipeline("Extra trees", data.wine, "classification", "one float matrix; tensors out")
def extra_trees_classifier(d):
    return classifier(ensemble.ExtraTreesClassifier(20, max_depth=6, random_state=0)
                      .fit(d.matrix, d.y), d, matrix(d), zipmap=False)


@pipeline("Extra trees, regression", data.diabetes_whole, "regression", "one int64 matrix")
def extra_trees_regressor(d):
    return regressor(ensemble.ExtraTreesRegressor(20, max_depth=5, random_state=0)
                     .fit(d.matrix, d.y), d, matrix(d, Int64TensorType, "whole"))


@pipeline("Gradient boosting, two classes", data.cancer, "classification", "one float matrix; ZipMap")
def gradient_boosting_binary(d):
    return classifier(ensemble.GradientBoostingClassifier(n_estimators=30, max_depth=3,
                                                          random_state=0)
                      .fit(d.matrix, d.y), d, matrix(d))


@pipeline("Gradient boosting, three classes", data.iris, "classification",
          "one float matrix; tensors out")
def gradient_boosting_multi(d):
    return classifier(ensemble.GradientBoostingClassifier(n_estimators=15, max_depth=3,
                                                          random_state=0)
                      .fit(d.matrix, d.y), d, matrix(d), zipmap=False)


@pipeline("Gradient boosting, regression", data.diabetes, "regression", "one float matrix")
def gradient_boosting_regressor(d):
    return regressor(ensemble.GradientBoostingRegressor(n_estimators=30, max_depth=3, random_state=0)
                     .fit(d.matrix, d.y), d, matrix(d))


@pipeline("Histogram gradient boosting with NULLs", data.cancer_nulls, "classification",
          "one float matrix that takes NaN; ZipMap")
def hist_boosting_classifier(d):
    model = ensemble.HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8, random_state=0,
                                                    early_stopping=False)
    made = classifier(model.fit(d.matrix, d.y), d, matrix(d))
    made.options["missing"] = "nan"
    return made


@pipeline("Histogram gradient boosting with NULLs, regression", data.diabetes_nulls, "regression",
          "one float matrix that takes NaN")
def hist_boosting_regressor(d):
    model = ensemble.HistGradientBoostingRegressor(max_iter=20, max_leaf_nodes=8, random_state=0,
                                                   early_stopping=False)
    made = regressor(model.fit(d.matrix, d.y), d, matrix(d))
    made.options["missing"] = "nan"
    return made


@pipeline("AdaBoost", data.wine, "classification", "one float matrix; ZipMap")
def adaboost_classifier(d):
    return classifier(ensemble.AdaBoostClassifier(n_estimators=15, random_state=0)
                      .fit(d.matrix, d.y), d, matrix(d))


@pipeline("AdaBoost, regression", data.diabetes, "regression", "one float matrix")
def adaboost_regressor(d):
    return regressor(ensemble.AdaBoostRegressor(n_estimators=15, random_state=0)
                     .fit(d.matrix, d.y), d, matrix(d))


# ---- models of models ----------------------------------------------------------------------------


@pipeline("Bagging of trees", data.iris, "classification", "one float matrix; ZipMap")
def bagging_classifier(d):
    model = ensemble.BaggingClassifier(tree.DecisionTreeClassifier(max_depth=4), 8, random_state=0)
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Bagging of ridge models on parts of the columns", data.diabetes, "regression",
          "one float matrix")
def bagging_regressor(d):
    model = ensemble.BaggingRegressor(linear_model.Ridge(), 6, max_features=0.6, random_state=0)
    return regressor(model.fit(d.matrix, d.y), d, matrix(d))


def voters():
    return [("line", scaled(linear_model.LogisticRegression())), ("bayes", naive_bayes.GaussianNB()),
            ("tree", tree.DecisionTreeClassifier(max_depth=3, random_state=0))]


@pipeline("Voting by probability", data.wine, "classification", "one float matrix; ZipMap")
def voting_soft(d):
    model = ensemble.VotingClassifier(voters(), voting="soft", weights=np.array([2, 1, 1]),
                                      flatten_transform=False)
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Voting by label", data.wine, "classification", "one float matrix; label and share of votes")
def voting_hard(d):
    model = ensemble.VotingClassifier(voters(), voting="hard", flatten_transform=False).fit(d.matrix, d.y)
    votes = np.array([[sum(int(p) == k for p in row) / 3 for k in range(3)]
                      for row in model.transform(d.test)])
    return classifier(model, d, matrix(d), zipmap=False, scores=votes)


@pipeline("Voting, regression", data.diabetes, "regression", "one float matrix")
def voting_regressor(d):
    model = ensemble.VotingRegressor([
        ("line", linear_model.Ridge()), ("tree", tree.DecisionTreeRegressor(max_depth=4))])
    return regressor(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Stacking", data.cancer, "classification", "one float matrix; ZipMap")
def stacking_classifier(d):
    model = ensemble.StackingClassifier(
        [("forest", ensemble.RandomForestClassifier(8, max_depth=4, random_state=0)),
         ("line", scaled(linear_model.LogisticRegression()))], cv=3)
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Stacking, regression", data.diabetes, "regression", "one float matrix")
def stacking_regressor(d):
    model = ensemble.StackingRegressor(
        [("tree", tree.DecisionTreeRegressor(max_depth=4, random_state=0)),
         ("line", linear_model.Ridge())], linear_model.Ridge(), cv=3)
    return regressor(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Calibrated support vectors (Platt)", data.cancer, "classification", "one float matrix; ZipMap")
def calibrated_sigmoid(d):
    model = scaled(calibration.CalibratedClassifierCV(svm.LinearSVC(random_state=0), cv=3))
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Calibrated forest (isotonic)", data.iris, "classification", "one float matrix; tensors out",
          cause="skl2onnx takes the nearest point of the isotonic curve, the library interpolates")
def calibrated_isotonic(d):
    model = calibration.CalibratedClassifierCV(
        ensemble.RandomForestClassifier(5, max_depth=3, random_state=0), method="isotonic", cv=2)
    return classifier(model.fit(d.matrix, d.y), d, matrix(d), zipmap=False)


@pipeline("One against the rest", data.iris, "classification", "one float matrix; ZipMap")
def one_vs_rest(d):
    model = multiclass.OneVsRestClassifier(linear_model.LogisticRegression())
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Multi-label: a classifier per target", data.wine, "classification",
          "one float matrix; one [N, 3] label tensor, a sequence of probability tensors left out")
def multi_label(d):
    marks = np.column_stack([d.y == k for k in range(3)]).astype(np.int64)
    model = neighbors.KNeighborsClassifier(3).fit(d.matrix, marks)
    types, needed = matrix(d, DoubleTensorType)
    graph = convert(model, types, options={id(model): {"zipmap": False}})
    return Made(graph, [vector(graph.graph.output[0].name, model.predict(d.test))], needed)


# ---- outliers, clusters, transforms, networks ----------------------------------------------------


@pipeline("Isolation forest", data.cancer, "outlier", "one float matrix; label and score")
def isolation_forest(d):
    model = ensemble.IsolationForest(n_estimators=10, max_samples=64, random_state=0).fit(d.matrix)
    types, needed = matrix(d)
    graph = convert(model, types)
    names = [o.name for o in graph.graph.output]
    return Made(graph, [label(names[0], model.predict(d.test)),
                        number(names[1], model.decision_function(d.test))], needed)


@pipeline("Local outlier factor", data.wine, "outlier", "one double matrix; label and score")
def local_outlier_factor(d):
    model = scaled(neighbors.LocalOutlierFactor(10, novelty=True)).fit(d.matrix)
    types, needed = matrix(d, DoubleTensorType)
    graph = convert(model, types)
    names = [o.name for o in graph.graph.output]
    return Made(graph, [label(names[0], model.predict(d.test)),
                        number(names[1], model.decision_function(d.test))], needed)


@pipeline("k-means", data.iris, "clustering", "one float matrix; label and distances",
          cause=FLOAT32 + ": a small distance is the root of a difference of large squares")
def kmeans(d):
    model = cluster.KMeans(3, n_init=2, random_state=0).fit(d.matrix)
    types, needed = matrix(d)
    graph = convert(model, types)
    names = [o.name for o in graph.graph.output]
    return Made(graph, [label(names[0], model.predict(d.test)),
                        vector(names[1], model.transform(d.test))], needed)


@pipeline("Principal components", data.wine, "transform", "one float matrix; one [N, 3] tensor")
def pca(d):
    model = scaled(decomposition.PCA(3, random_state=0)).fit(d.matrix)
    types, needed = matrix(d)
    graph = convert(model, types)
    return Made(graph, [vector(graph.graph.output[0].name, model.transform(d.test))], needed)


@pipeline("Gaussian mixture", data.iris, "clustering", "one double matrix; label and probabilities")
def gaussian_mixture(d):
    model = mixture.GaussianMixture(3, random_state=0).fit(d.matrix)
    types, needed = matrix(d, DoubleTensorType)
    graph = to_onnx(model, initial_types=types, name="model", target_opset=19)
    names = [o.name for o in graph.graph.output]
    return Made(graph, [label(names[0], model.predict(d.test)),
                        vector(names[1], model.predict_proba(d.test))], needed)


@pipeline("Neural network", data.iris, "classification", "one float matrix; ZipMap")
def mlp_classifier(d):
    model = scaled(neural_network.MLPClassifier(hidden_layer_sizes=(8,), max_iter=800, random_state=0))
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Neural network, regression", data.diabetes, "regression", "one double matrix")
def mlp_regressor(d):
    model = scaled(neural_network.MLPRegressor(hidden_layer_sizes=(16, 8), max_iter=1500, random_state=0))
    return regressor(model.fit(d.matrix, d.y), d, matrix(d, DoubleTensorType))


@pipeline("Select, scale by quantiles, bin, then logistic regression", data.wine, "classification",
          "one float matrix; ZipMap", cause=STEPS)
def select_and_bin(d):
    model = pipe.make_pipeline(
        feature_selection.SelectKBest(k=6), preprocessing.RobustScaler(),
        preprocessing.KBinsDiscretizer(4, encode="onehot-dense", quantile_method="averaged_inverted_cdf"),
        linear_model.LogisticRegression())
    return classifier(model.fit(d.matrix, d.y), d, matrix(d))


@pipeline("Power transform, min-max, normalise, then ridge", data.diabetes, "regression",
          "one float matrix", cause=FLOAT32)
def power_and_norm(d):
    model = pipe.make_pipeline(preprocessing.PowerTransformer(), preprocessing.MinMaxScaler(),
                               preprocessing.Normalizer(), linear_model.Ridge(0.1))
    return regressor(model.fit(d.matrix, d.y), d, matrix(d))
