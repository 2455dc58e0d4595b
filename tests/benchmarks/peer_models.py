"""The peers of ``peers.py``: each trains on the same sentences and gives probabilities of the frames."""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from clientvoice.corpora.sentences import Example, fold_of
from clientvoice.framing.classifier import FramingClassifier
from clientvoice.records import FRAMES

BALANCE = 0.4
PENALTIES = (1.0, 3.0, 10.0, 30.0)
SPACY_EPOCHS = 5
SETFIT_PER_CLASS = 500
"""Sentences a class of which SetFit makes its pairs, two for each: about four minutes on one core."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """A trained peer: sentences to probabilities in the order of ``FRAMES``, and how it goes to disk."""

    probabilities: Callable[[list[str]], Array]
    save: Callable[[Path], None] | Path
    note: str = ""


def ngrams(train: Sequence[Example]) -> Fitted:
    """Our masked word and character n-grams."""
    from clientvoice.vectors.ngrams import NgramVectorizer

    vectorizer = NgramVectorizer().fit(texts_of(train))
    return with_head(vectorizer.transform, train, lambda folder: save_terms(folder, vectorizer.parts_))


def tfidf(train: Sequence[Example]) -> Fitted:
    """Words and pairs of words, as every tutorial has it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(texts_of(train))
    return with_head(vectorizer.transform, train, lambda folder: save_terms(folder, [vectorizer]))


def fasttext(train: Sequence[Example]) -> Fitted:
    """Learned bags of words, pairs and subwords."""
    from fasttext import train_supervised

    def spaced(text: str) -> str:
        return " ".join(re.findall(r"\w+|[^\w\s]", text.lower()))

    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "train.txt"
        lines = [f"__label__{example.label} {spaced(example.text)}\n" for example in repeated(train)]
        path.write_text("".join(lines), encoding="utf-8")
        model = train_supervised(
            str(path), lr=0.3, epoch=10, dim=50, wordNgrams=2, minn=3, maxn=5, minCount=2, bucket=200_000,
            thread=1, seed=0, verbose=0,
        )  # fmt: skip

    def probabilities(texts: list[str]) -> Array:
        named, chances = model.predict([spaced(text) for text in texts], k=len(FRAMES))
        rows = [
            {name.removeprefix("__label__"): chance for name, chance in zip(names, row, strict=True)}
            for names, row in zip(named, chances, strict=True)
        ]
        return columns(rows)

    return Fitted(probabilities, lambda folder: model.save_model(str(folder / "model.bin")))


def spacy_textcat(train: Sequence[Example]) -> Fitted:
    """The default ``textcat``: a bag of words and a convolutional network together."""
    import spacy
    from spacy.training import Example as Lesson
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("textcat")
    lessons = [
        Lesson.from_dict(nlp.make_doc(example.text), {"cats": {f: float(f == example.label) for f in FRAMES}})
        for example in repeated(train)
    ]
    optimizer = nlp.initialize(lambda: lessons)
    order = random.Random(0)
    for epoch in range(SPACY_EPOCHS):
        order.shuffle(lessons)
        losses: dict[str, float] = {}
        for batch in minibatch(lessons, 64):
            nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses)
        tell(f"  epoch {epoch + 1}/{SPACY_EPOCHS}: loss {losses['textcat']:.1f}")
    return Fitted(
        lambda texts: columns([doc.cats for doc in nlp.pipe(texts)]),
        lambda folder: nlp.to_disk(folder),
        f"{SPACY_EPOCHS} epochs",
    )


def model2vec(train: Sequence[Example]) -> Fitted:
    """Static token vectors distilled from the encoder."""
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    from clientvoice.training.minilm import base_folder

    folder = base_folder()
    static = distill_from_model(AutoModel.from_pretrained(folder), AutoTokenizer.from_pretrained(folder))
    return with_head(
        lambda texts: static.encode(texts, use_multiprocessing=False).astype(np.float64),
        train,
        lambda target: static.save_pretrained(target),
    )


def frozen_minilm(train: Sequence[Example]) -> Fitted:
    """Sentence vectors of the pre-trained encoder, as it is."""
    from sentence_transformers import SentenceTransformer

    from clientvoice.training.minilm import base_folder

    body = SentenceTransformer(str(base_folder()), device="cpu")
    return with_head(
        lambda texts: encode(body, texts), train, lambda folder: body.save(str(folder)), "torch, float32"
    )


def setfit(train: Sequence[Example]) -> Fitted:
    """The encoder tuned by pairs of sentences, then the head on all training sentences."""
    from setfit import SetFitModel, Trainer, TrainingArguments

    from clientvoice.training.minilm import base_folder

    model = SetFitModel.from_pretrained(str(base_folder()), labels=list(FRAMES), device="cpu")
    sample: list[Example] = []
    for frame in FRAMES:
        own = [example for example in train if example.label == frame and not held_out(example)]
        sample += random.Random(0).sample(own, min(SETFIT_PER_CLASS, len(own)))
    with tempfile.TemporaryDirectory() as work:
        settings = TrainingArguments(
            output_dir=work, batch_size=16, num_epochs=1, num_iterations=1, max_length=72, seed=0,
            report_to="none", save_strategy="no", logging_strategy="no", show_progress_bar=False,
        )  # fmt: skip
        labels = [FRAMES.index(example.label) for example in sample]
        Trainer(model=model, args=settings).train_embeddings(texts_of(sample), labels, args=settings)
    body = model.model_body
    note = f"torch, float32; {2 * len(sample)} pairs of {len(sample)} sentences, one epoch; head on all"
    return with_head(lambda texts: encode(body, texts), train, lambda folder: body.save(str(folder)), note)


def shipped(name: str) -> Callable[[Sequence[Example]], Fitted]:
    """Return the peer that loads one of our models: trained before, calibrated."""

    def load(train: Sequence[Example]) -> Fitted:
        import clientvoice
        from clientvoice.vectors.shipped import model_folder

        folder = model_folder(name)
        voice = clientvoice.load(name)
        sentences = voice.model.trained.get("sentences", "?")
        return Fitted(
            voice.predict_proba, folder, f"as shipped, calibrated; trained on {sentences} sentences"
        )

    return load


def with_head(
    vectors_of: Callable[[list[str]], Any],
    train: Sequence[Example],
    save: Callable[[Path], None],
    note: str = "",
) -> Fitted:
    """Return a peer of vectors and logistic regression, its penalty chosen on held-out training senders."""
    vectors, labels = vectors_of(texts_of(train)), np.array([example.label for example in train])
    held = np.array([held_out(example) for example in train])
    scores = {}
    for strength in PENALTIES:
        head = FramingClassifier(C=strength, balance=BALANCE).fit(vectors[~held], labels[~held])
        scores[strength] = f1_score(labels[held], head.predict(vectors[held]), average="macro")
        tell(f"  C {strength:g}: {scores[strength]:.3f} on held-out training senders")
    best = max(scores, key=scores.__getitem__)
    head = FramingClassifier(C=best, balance=BALANCE).fit(vectors, labels)
    order = [list(head.classes_).index(frame) for frame in FRAMES]

    def save_all(folder: Path) -> None:
        save(folder)
        weights = {"weights": head.coef_.astype(np.float32), "bias": head.intercept_}
        np.savez(folder / "head.npz", **weights)

    return Fitted(
        lambda texts: head.predict_proba(vectors_of(texts))[:, order],
        save_all,
        "; ".join(filter(None, (note, f"C {best:g}"))),
    )


def held_out(example: Example) -> bool:
    """Return whether the sender is of the fifth that only chooses the penalty."""
    return fold_of(example.group, 5) == 0


def repeated(train: Sequence[Example]) -> list[Example]:
    """Return the sentences with those of rarer labels repeated as often as their class weight says."""
    count = {frame: max(1, sum(example.label == frame for example in train)) for frame in FRAMES}
    most, rng = max(count.values()), random.Random(0)
    found: list[Example] = []
    for example in train:
        weight = (most / count[example.label]) ** BALANCE
        found += [example] * (int(weight) + (rng.random() < weight % 1))
    return found


def texts_of(examples: Iterable[Example]) -> list[str]:
    """Return the texts of examples."""
    return [example.text for example in examples]


def columns(rows: Iterable[dict[str, float]]) -> Array:
    """Return probabilities by name as an array, its columns in the order of ``FRAMES``."""
    return np.array([[row.get(frame, 0.0) for frame in FRAMES] for row in rows])


def encode(body: Any, texts: list[str]) -> Array:
    """Return the sentence vectors of a sentence-transformers model."""
    return np.asarray(body.encode(texts, batch_size=32, show_progress_bar=False), dtype=np.float64)


def save_terms(folder: Path, parts: Iterable[Any]) -> None:
    """Write vocabularies and document frequencies as our own models do."""
    for index, part in enumerate(parts):
        (folder / f"terms-{index}.txt").write_text("\n".join(part.get_feature_names_out()), encoding="utf-8")
        np.savez(folder / f"idf-{index}.npz", idf=part.idf_.astype(np.float32))


def tell(text: str) -> None:
    """Write a line of progress."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


PEERS: dict[str, tuple[str, Callable[[Sequence[Example]], Fitted]]] = {
    "tfidf": ("TfidfVectorizer (1-2 words) + LR", tfidf),
    "ngrams": ("clientvoice n-grams + LR", ngrams),
    "fasttext": ("fastText", fasttext),
    "spacy": ("spaCy textcat (words + CNN)", spacy_textcat),
    "model2vec": ("model2vec of MiniLM + LR", model2vec),
    "minilm": ("frozen MiniLM-L6 + LR", frozen_minilm),
    "setfit": ("SetFit, MiniLM-L6", setfit),
    "fast": ("**clientvoice `fast`**", shipped("fast")),
    "accurate": ("**clientvoice `accurate`**", shipped("accurate")),
}
