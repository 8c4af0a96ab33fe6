"""Writes long_text.tsv and long_text_expected.txt beside this file: scikit-learn's TfidfVectorizer
and LogisticRegression over the same texts."""
import os

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(11)
n = 160
common = "the Late plane was on time crew Gate bag lost never again GREAT flight été ÜBER Straße 早い 😀 😁 don't".split()
rare = [f"w{i}" for i in range(60)]
weights = 1.0 / np.arange(1, len(common) + 1)
texts, labels = [], []
for row in range(n):
    words = list(rng.choice(common, rng.integers(3, 14), p=weights / weights.sum()))
    words += list(rng.choice(rare, rng.integers(0, 3)))
    words = [str(w).upper() if rng.random() < 0.1 else str(w) for w in words]
    text = "".join(w + " " * int(rng.integers(1, 3)) for w in words)
    bad = ("Late" in words) + ("lost" in words) + 0.5 * ("never" in words) - ("GREAT" in words)
    labels.append("yes" if bad + rng.logistic(0, 0.3) > 0.7 else "no")
    texts.append({7: "", 8: None, 57: None}.get(row, text))
with open(os.path.join(here, "long_text.tsv"), "w", encoding="utf-8") as f:
    for text, label in zip(texts, labels):
        f.write(("\\N" if text is None else text) + "\t" + label + "\n")

vectorizer = TfidfVectorizer(tokenizer=str.split, token_pattern=None, min_df=2)
words = vectorizer.fit_transform([text or "" for text in texts])
assert words.shape[1] < 500
null = np.array([[float(text is None)] for text in texts])
model = LogisticRegression(C=1, tol=1e-12, max_iter=100000)
model.fit(np.column_stack([null, words.toarray()]), labels)
probabilities = model.predict_proba(np.column_stack([null, words.toarray()]))
with open(os.path.join(here, "long_text_expected.txt"), "w", encoding="utf-8") as f:
    f.write(" ".join(vectorizer.get_feature_names_out()) + "\n")
    for row in range(n):
        line = words.getrow(row)
        line.sort_indices()
        entries = [f"{j}:{v!r}" for j, v in zip(line.indices.tolist(), line.data.tolist())]
        f.write(" ".join([*map(repr, probabilities[row].tolist()), *entries]) + "\n")
