"""Polarity of sentences: words counted inside the graph, and token ids made outside of it."""
import csv
import functools
import json

import numpy as np
import pandas as pd
import torch
from skl2onnx.common.data_types import StringTensorType
from sklearn import feature_extraction, linear_model, naive_bayes, pipeline as pipe
from sklearn.compose import ColumnTransformer
from tokenizers import (
    Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers)
from torch import nn

import data
from fixture import HERE, Made, pipeline, probabilities, vector
from pipelines_sklearn import classifier
from pipelines_torch import answer, exported, trained

LABELS = ["negative", "positive"]


@functools.cache
def sentences():
    """Test rows: joined halves of sentences that training has, in several dresses."""
    with open(HERE / "sentences.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    x = pd.DataFrame({"sentence": [r["sentence"] for r in rows]}, dtype=object)
    y = np.array([LABELS[r["positive"] == "TRUE"] for r in rows], dtype=object)
    random = np.random.default_rng(20)
    tests = ["", " ", ".", "zzz qqq", "GREAT!!!", "The\tsoup\nwas  warm", "great-value, great_price",
             "Très bon café, délicieux", "naïve Straße", "it's the worst", "10 out of 10", "a b c"]
    dresses = [str, str, str.upper, str.title, str.lower, lambda s: s.replace(" ", "  "),
               lambda s: s + " Unheard words follow: zebra, quux.", lambda s: s[: len(s) // 2]]
    while len(tests) < data.TEST_ROWS:
        first, second = (x["sentence"][k] for k in random.integers(0, len(x), 2))
        joined = first if random.random() < 0.5 else f"{first[:-1]}, but {second[0].lower()}{second[1:]}"
        tests.append(dresses[random.integers(0, len(dresses))](joined))
    rows = pd.DataFrame({"id": range(len(tests)), "sentence": tests}, dtype=object)
    return data.Data("sentences", x, y, rows)


@functools.cache
def sentences_any():
    """With NULL, signs outside of the basic plane, and a long text, for tokenisers outside the graph."""
    d = sentences()
    texts = list(d.rows["sentence"])
    texts[20:26] = [None, "I love it \U0001F600", "\U00020000 \u4f60\u597d great", "great " * 60, "e\u0301te\u0301 great",
                    "[MASK] [CLS] great"]
    rows = pd.DataFrame({"id": d.rows["id"], "sentence": texts}, dtype=object)
    return d.named("sentences_any", rows=rows, types={"sentence": "VARCHAR"})


TOKENS = "[a-zA-Z0-9_]+"


@pipeline("Words weighted by tf-idf, then logistic regression", sentences, "classification",
          "one string[N]; com.microsoft Tokenizer; text labels, ZipMap")
def text_tfidf(d):
    model = pipe.make_pipeline(
        feature_extraction.text.TfidfVectorizer(lowercase=False, token_pattern=TOKENS, min_df=2),
        linear_model.LogisticRegression())
    model.fit(d.x["sentence"], d.y)
    return classifier(model, d, ([("sentence", StringTensorType([None]))], {}),
                      test=d.rows["sentence"], options={"tokenexp": TOKENS})


@pipeline("Words in lower case weighted by tf-idf, then logistic regression", sentences,
          "classification", "one string[N, 1]; StringNormalizer with the locale en_US.UTF-8; tensors out")
def text_tfidf_lower(d):
    model = pipe.make_pipeline(
        ColumnTransformer([("words", feature_extraction.text.TfidfVectorizer(
            token_pattern=TOKENS, min_df=2, ngram_range=(1, 2)), "sentence")]),
        linear_model.LogisticRegression())
    model.fit(d.x, d.y)
    inner = model.steps[0][1].transformers_[0][1]
    from fixture import label
    from skl2onnx import to_onnx

    graph = to_onnx(model, initial_types=[("sentence", StringTensorType([None, 1]))], name="model",
                    target_opset={"": 18, "ai.onnx.ml": 3},
                    options={id(model): {"zipmap": False}, id(inner): {"tokenexp": TOKENS}})
    return Made(graph, [label("label", model.predict(d.rows[["sentence"]])),
                        probabilities("probabilities", model.predict_proba(d.rows[["sentence"]]), model.classes_)],
                notes={"needs": "the locale en_US.UTF-8 (Debian: locales-all)"})


@pipeline("Counts of letters, then naive Bayes", sentences, "classification",
          "one string[N, 1]; tokens are characters; ZipMap",
          cause="a run of blanks counts as one in the library, each for itself in the graph; "
                "and a sum of 100 logarithms in float32")
def text_characters(d):
    model = pipe.make_pipeline(
        feature_extraction.text.CountVectorizer(lowercase=False, analyzer="char", min_df=5),
        naive_bayes.MultinomialNB())
    model.fit(d.x["sentence"], d.y)
    return classifier(model, d, ([("sentence", StringTensorType([None, 1]))], {}),
                      test=d.rows["sentence"])


# ---- tokens made outside of the graph ------------------------------------------------------------

LENGTH = 32


def word_piece(texts):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece()
    t.train_from_iterator(texts, trainers.WordPieceTrainer(
        vocab_size=600, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
        show_progress=False))
    t.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", t.token_to_id("[CLS]")), ("[SEP]", t.token_to_id("[SEP]"))])
    t.enable_truncation(LENGTH)
    t.enable_padding(pad_id=0, pad_token="[PAD]")
    return t


def byte_pairs(texts):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=500, special_tokens=["<s>", "<pad>", "</s>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    t.enable_truncation(LENGTH)
    t.enable_padding(pad_id=1, pad_token="<pad>")
    return t


def stable(tokenizer):
    """A trained tokenizer's text; equally frequent pairs are in the order of a trainer's hash map."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, indent=1) + "\n"


def kept(name, make, texts):
    """The committed tokenizer.json, or a newly trained one where there is none."""
    file = HERE / "tokenizers" / f"{name}.json"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(stable(make(texts)), encoding="utf-8")
    return Tokenizer.from_file(str(file)), file.read_text(encoding="utf-8")


def encoded(tokenizer, texts):
    texts = ["" if t is None else t for t in texts]
    found = tokenizer.encode_batch(texts)
    ids = np.array([e.ids for e in found], dtype=np.int64)
    mask = np.array([e.attention_mask for e in found], dtype=np.int64)
    types = np.array([e.type_ids for e in found], dtype=np.int64)
    return ids, mask, types


class Transformer(nn.Module):
    """One layer of attention; gives logits and the mean of the tokens, of length 1."""

    def __init__(self, words, width=16):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.places = nn.Embedding(LENGTH, width)
        self.kinds = nn.Embedding(2, width)
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 2)

    def forward(self, input_ids, attention_mask, token_type_ids):
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.words(input_ids) + self.places(places) + self.kinds(token_type_ids)
        mask = attention_mask.to(x.dtype)
        scores = self.query(x) @ self.key(x).transpose(1, 2) / 4.0
        scores = scores + (1 - mask).unsqueeze(1) * -1e4
        x = self.norm(x + torch.softmax(scores, dim=2) @ self.value(x))
        pooled = (x * mask.unsqueeze(2)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        logits = self.head(pooled)
        return logits if self.training else (logits, nn.functional.normalize(pooled, dim=1))


class Bag(nn.Module):
    """The mean of the words' embeddings."""

    def __init__(self, words, width=8):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.head = nn.Linear(width, 2)

    def forward(self, input_ids, attention_mask):
        mask = attention_mask.to(torch.float32).unsqueeze(2)
        pooled = (self.words(input_ids) * mask).sum(1) / mask.sum(1).clamp(min=1)
        logits = self.head(pooled)
        return logits if self.training else torch.softmax(logits, dim=1)


def tokens_csv(tokenizer, texts):
    """What the tokenizer makes of each row alone, without padding: ids joined by blanks."""
    from fixture import csv_text

    lines = []
    for text in texts:
        e = tokenizer.encode("" if text is None else text)
        lines.append(" ".join(str(i) for i, m in zip(e.ids, e.attention_mask) if m))
    return csv_text({"input_ids": lines})


def text_notes(tokenizer):
    return {"text": {"column": "sentence", "tokenizer": "tokenizer.json", "max_length": LENGTH,
                     "tokens": "tokens.csv", "padding": tokenizer.padding["pad_id"]}}


@pipeline("Small transformer over WordPiece tokens", sentences_any, "classification",
          "int64[batch, sequence] input_ids, attention_mask, token_type_ids; logits and an embedding",
          library="torch + tokenizers", converter="torch")
def text_transformer(d):
    tokenizer, text = kept("wordpiece", word_piece, d.x["sentence"])
    x = tuple(torch.tensor(t) for t in encoded(tokenizer, d.x["sentence"]))
    y = torch.tensor([LABELS.index(v) for v in d.y])
    model = trained(Transformer(tokenizer.get_vocab_size()), x, y, nn.CrossEntropyLoss(), 40, 0.01)
    test = tuple(torch.tensor(t) for t in encoded(tokenizer, d.rows["sentence"]))
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {n: {0: "batch", 1: "sequence"} for n in names}
    axes.update(logits={0: "batch"}, embedding={0: "batch"})
    graph = exported(model, test, names, ["logits", "embedding"], axes, False, opset=17)
    logits, embedding = answer(model, *test)

    def feed(frame, session):
        return dict(zip(names, encoded(tokenizer, frame["sentence"])))

    return Made(graph, [vector("logits", logits), vector("embedding", embedding)],
                {"text_columns": ["sentence"], "tokenizer": "tokenizer.json", "max_length": LENGTH,
                 "missing": "empty"},
                text_notes(tokenizer),
                {"tokenizer.json": text, "tokens.csv": tokens_csv(tokenizer, d.rows["sentence"])},
                feed)


@pipeline("Mean of embeddings over byte-level BPE tokens", sentences_any, "classification",
          "int64[batch, sequence] input_ids and attention_mask; probabilities, labels by option",
          library="torch + tokenizers", converter="torch")
def text_bag(d):
    tokenizer, text = kept("bpe", byte_pairs, d.x["sentence"])
    x = tuple(torch.tensor(t) for t in encoded(tokenizer, d.x["sentence"])[:2])
    y = torch.tensor([LABELS.index(v) for v in d.y])
    model = trained(Bag(tokenizer.get_vocab_size()), x, y, nn.CrossEntropyLoss(), 60, 0.03)
    test = tuple(torch.tensor(t) for t in encoded(tokenizer, d.rows["sentence"])[:2])
    names = ["input_ids", "attention_mask"]
    axes = {n: {0: "batch", 1: "sequence"} for n in names}
    axes["probabilities"] = {0: "batch"}
    graph = exported(model, test, names, ["probabilities"], axes, False, opset=17)

    def feed(frame, session):
        return dict(zip(names, encoded(tokenizer, frame["sentence"])[:2]))

    return Made(graph, [probabilities("probabilities", answer(model, *test), LABELS)],
                {"text_columns": ["sentence"], "tokenizer": "tokenizer.json", "max_length": LENGTH,
                 "labels": LABELS, "task": "classification", "missing": "empty"},
                text_notes(tokenizer),
                {"tokenizer.json": text, "tokens.csv": tokens_csv(tokenizer, d.rows["sentence"])},
                feed)
