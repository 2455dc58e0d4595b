"""Fit the message model on labelled messages whose senders the sentence model never saw.

Two steps, stacked: linear heads read the wording of a whole message (the sum of
its sentences' n-gram vectors, so a sentence's part in it is plain); the message
model weighs that wording beside what the sentences' frames and cues tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.corpora.sentences import Example, fold_of
from clientvoice.framing.messages import MessageFraming, MessageModel, message_features
from clientvoice.framing.model import TAKEAWAYS, Scores
from clientvoice.records import MESSAGE_LABELS, UNCOUNTED, Sentence
from clientvoice.vectors.shares import Vectorizer

WORDING_FOLDS = 4
LONE_SENTENCES = 300
"""Single sentences that are learned as messages: a note of one line is judged as its line."""

_LONE_SCORES = {"client": 72.0, "customer": 22.0, "neutral": 50.0}
"""Where the readers of real messages put those that are all of one kind, at their middle."""


@dataclass(frozen=True, slots=True)
class ScoredMessage:
    """A labelled message with out-of-fold scores of its sentences."""

    message: LabelledMessage
    scores: Scores


def fit_messages(
    scored: Sequence[ScoredMessage], vectorizer: Vectorizer
) -> tuple[MessageModel, NDArray[np.float64], list[Scores]]:
    """Fit the wording heads and the message model.

    Returns
    -------
    model : MessageModel
    takeaway_weights : ndarray of shape (5, n_features)
        For the branch of ``vectorizer``.
    scores : list of Scores
        Those given, with out-of-fold takeaways: what the model was fitted on.
    """
    messages = [item.message for item in scored]
    counted = [_counted(message) for message in messages]
    vectors = [vectorizer.transform([message.texts[row] for row in rows])
               for message, rows in zip(messages, counted, strict=True)]  # fmt: skip
    wording = vstack([csr_matrix(part.sum(axis=0)) / np.sqrt(part.shape[0]) for part in vectors]).tocsr()
    labels = np.array([message.label for message in messages])
    points = np.array([message.score for message in messages])
    heads = np.zeros((len(messages), TAKEAWAYS))
    fold = np.array([fold_of(message.group, WORDING_FOLDS) for message in messages])
    for own in range(WORDING_FOLDS):
        weights = _wording_heads(wording[fold != own], labels[fold != own], points[fold != own])
        heads[fold == own] = wording[fold == own] @ weights.T
    scores = [
        _with_wording(item.scores, rows, head)
        for item, rows, head in zip(scored, counted, heads, strict=True)
    ]
    features = np.array(
        [
            message_features([message.sentences[row] for row in rows], score, rows)
            for message, rows, score in zip(messages, counted, scores, strict=True)
        ]
    )
    return _stack(features, labels, points), _wording_heads(wording, labels, points), scores


def framed(
    item: ScoredMessage, model: MessageModel, weights: NDArray[np.float64], vectorizer: Vectorizer
) -> MessageFraming:
    """Return what a message model and its wording heads say of a message that they were not fitted on."""
    rows = _counted(item.message)
    vectors = vectorizer.transform([item.message.texts[row] for row in rows])
    head = np.asarray(vectors.sum(axis=0)).ravel() @ weights.T / np.sqrt(len(rows))
    return model.frame(item.message.sentences, _with_wording(item.scores, rows, head))


def lone_messages(examples: Sequence[Example], frames: Scores) -> list[ScoredMessage]:
    """Return single labelled sentences as messages, evenly drawn, with their out-of-fold scores."""
    rows = np.random.default_rng(0).permutation(len(examples))[:LONE_SENTENCES]
    return [
        ScoredMessage(
            LabelledMessage(
                (Sentence(0, len(examples[row].text), examples[row].text),),
                examples[row].label,
                _LONE_SCORES[examples[row].label],
                examples[row].group,
            ),
            frames.take([int(row)]),
        )
        for row in rows
    ]


def _counted(message: LabelledMessage) -> list[int]:
    rows = [row for row, sentence in enumerate(message.sentences) if sentence.kind not in UNCOUNTED]
    return rows or list(range(len(message.sentences)))


def _with_wording(scores: Scores, rows: Sequence[int], head: NDArray[np.float64]) -> Scores:
    """Spread a message's wording evenly over its counted sentences: summed as ever, it is the same."""
    takeaways = np.zeros((len(scores.frames), TAKEAWAYS))
    takeaways[list(rows)] = head / np.sqrt(len(rows))
    return replace(scores, takeaways=takeaways)


def _wording_heads(
    wording: csr_matrix, labels: NDArray[np.str_], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    frames = LogisticRegression(C=3.0, max_iter=300, class_weight="balanced").fit(wording, labels)
    order = [list(frames.classes_).index(label) for label in MESSAGE_LABELS]
    score = Ridge(alpha=0.5, fit_intercept=True, solver="sparse_cg").fit(wording, points)
    return np.vstack([frames.coef_[order], score.coef_[None]])


def _stack(
    features: NDArray[np.float64], labels: NDArray[np.str_], points: NDArray[np.float64]
) -> MessageModel:
    scaler = StandardScaler().fit(features)
    standard = scaler.transform(features)
    label_model = LogisticRegression(C=0.1, max_iter=2000).fit(standard, labels)
    order = [list(label_model.classes_).index(label) for label in MESSAGE_LABELS]
    score_model = Ridge(alpha=50.0).fit(standard, points)
    return MessageModel(
        center=scaler.mean_,
        scale=np.where(scaler.scale_ == 0, 1.0, scaler.scale_),
        label_weights=label_model.coef_[order],
        label_bias=label_model.intercept_[order],
        score_weights=score_model.coef_,
        score_bias=np.array([score_model.intercept_]),
    )
