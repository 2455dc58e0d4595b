"""Fit the message model on labelled messages whose senders the sentence model never saw.

Two steps, stacked: linear heads read a whole message, its wording (the sum of
its sentences' n-gram vectors) and its gist (the mean of their encoder vectors,
in which a longer sentence counts more), so a sentence's part in both is plain;
the message model weighs them beside what the sentences' frames and cues tell,
care never against *client* and selling never for it.
The encoder has seen the senders of these messages; that the gist helps on
others was measured on others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, issparse, vstack
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.corpora.sentences import Example, fold_of
from clientvoice.framing.messages import (
    PLACES,
    MessageFraming,
    MessageModel,
    message_features,
    pooled,
    sentence_weights,
)
from clientvoice.framing.model import CUES, HEADS, TAKEAWAYS, Scores, takeaway_columns
from clientvoice.records import CUES_OF, MESSAGE_LABELS, UNCOUNTED, Sentence
from clientvoice.training.signed import signed_logistic, signed_ridge
from clientvoice.vectors.shares import Vectorizer

VIEW_FOLDS = 4
LONE_SENTENCES = 300
"""Single sentences that are learned as messages: a note of one line is judged as its line."""

LONE_WEIGHT = 0.1
"""What such a sentence weighs beside a message."""

_LONE_SCORES = {"client": 72.0, "customer": 22.0, "neutral": 50.0}
"""Where the readers of real messages put those that are all of one kind, at their middle."""


@dataclass(frozen=True, slots=True)
class ScoredMessage:
    """A labelled message with out-of-fold scores of its sentences."""

    message: LabelledMessage
    scores: Scores


def fit_messages(
    scored: Sequence[ScoredMessage], lone: Sequence[ScoredMessage], vectorizers: Mapping[str, Vectorizer]
) -> tuple[MessageModel, dict[str, NDArray[np.float64]], list[Scores]]:
    """Fit the heads of each view of a message, and the message model.

    Parameters
    ----------
    scored : sequence of ScoredMessage
    lone : sequence of ScoredMessage
        Messages of one sentence, see :func:`lone_messages`: the message model
        learns from them too, at :data:`LONE_WEIGHT`, the heads do not.
    vectorizers : mapping of str to Vectorizer
        Of the branches that read whole messages, by their names.

    Returns
    -------
    model : MessageModel
    takeaway_weights : dict of str to ndarray of shape (5, n_features)
        For each of these branches.
    scores : list of Scores
        Those of the messages, with out-of-fold takeaways: what the model was fitted on.
    """
    items = [*scored, *lone]
    whole = np.arange(len(items)) < len(scored)
    messages = [item.message for item in items]
    counted = [_counted(message) for message in messages]
    labels = np.array([message.label for message in messages])
    points = np.array([message.score for message in messages])
    fold = np.array([fold_of(message.group, VIEW_FOLDS) for message in messages])
    weights, scores = {}, [_blank(item.scores) for item in items]
    for name, vectorizer in vectorizers.items():
        views = _stacked([
            _pooled(name, vectorizer, message, rows) for message, rows in zip(messages, counted, strict=True)
        ])  # fmt: skip
        read = np.zeros((len(messages), HEADS))
        for own in range(VIEW_FOLDS):
            learned = whole & (fold != own)
            heads, bias = _HEADS_OF[name](views[learned], labels[learned], points[learned])
            read[fold == own] = views[fold == own] @ heads.T + bias
        # What sentences add up to has no bias, so all are told without the last heads' one.
        weights[name], bias = _HEADS_OF[name](views[whole], labels[whole], points[whole])
        read -= bias
        for score, rows, head in zip(scores, counted, read, strict=True):
            _spread(score, rows, name, head)
    features = np.array(
        [
            message_features([message.sentences[row] for row in rows], score, rows)
            for message, rows, score in zip(messages, counted, scores, strict=True)
        ]
    )
    model = _stack(features, labels, points, np.where(whole, 1.0, LONE_WEIGHT))
    return model, weights, scores[: len(scored)]


def framed(
    item: ScoredMessage,
    model: MessageModel,
    weights: Mapping[str, NDArray[np.float64]],
    vectorizers: Mapping[str, Vectorizer],
) -> MessageFraming:
    """Return what a message model and its heads say of a message that they were not fitted on."""
    rows, scores = _counted(item.message), _blank(item.scores)
    for name, vectorizer in vectorizers.items():
        view = _pooled(name, vectorizer, item.message, rows)
        _spread(scores, rows, name, np.asarray(view @ weights[name].T).ravel())
    return model.frame(item.message.sentences, scores)


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


def _blank(scores: Scores) -> Scores:
    return replace(scores, takeaways=np.zeros((len(scores.frames), TAKEAWAYS)))


def _spread(scores: Scores, rows: Sequence[int], name: str, head: NDArray[np.float64]) -> None:
    """Hand out what was read off a message evenly to its counted sentences: pooled, it is the same."""
    share = head / np.sqrt(len(rows)) if name == "ngrams" else head
    scores.takeaways[list(rows), takeaway_columns(name)] = share


def _pooled(name: str, vectorizer: Vectorizer, message: LabelledMessage, rows: Sequence[int]) -> Any:
    """Return what the heads of a branch read."""
    vectors = vectorizer.transform([message.texts[row] for row in rows])
    found = pooled(name, vectors, sentence_weights([message.sentences[row] for row in rows]))
    return csr_matrix(found) if issparse(vectors) else found


def _stacked(views: Sequence[Any]) -> Any:
    return vstack(views).tocsr() if issparse(views[0]) else np.vstack(views)


_Heads = tuple["NDArray[np.float64]", "NDArray[np.float64]"]
"""Weights, shape (5, n_features), and biases, shape (5,)."""


def _wording_heads(wording: csr_matrix, labels: NDArray[np.str_], points: NDArray[np.float64]) -> _Heads:
    frames = LogisticRegression(C=3.0, max_iter=300, class_weight="balanced").fit(wording, labels)
    score = Ridge(alpha=0.5, fit_intercept=True, solver="sparse_cg").fit(wording, points)
    return _heads(frames, score)


def _gist_heads(gist: NDArray[np.float64], labels: NDArray[np.str_], points: NDArray[np.float64]) -> _Heads:
    scaler = StandardScaler().fit(gist)
    standard = scaler.transform(gist)
    frames = LogisticRegression(C=0.1, max_iter=2000, class_weight="balanced").fit(standard, labels)
    weights, bias = _heads(frames, Ridge(alpha=100.0).fit(standard, points))
    weights = weights / scaler.scale_
    return weights, bias - weights @ scaler.mean_


def _heads(frames: LogisticRegression, score: Ridge) -> _Heads:
    order = _order(frames)
    return np.vstack([frames.coef_[order], score.coef_[None]]), np.r_[
        frames.intercept_[order], score.intercept_
    ]


def _order(frames: LogisticRegression) -> list[int]:
    return [list(frames.classes_).index(label) for label in MESSAGE_LABELS]


_HEADS_OF: dict[str, Callable[..., _Heads]] = {"ngrams": _wording_heads, "encoder": _gist_heads}


def _stack(
    features: NDArray[np.float64],
    labels: NDArray[np.str_],
    points: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> MessageModel:
    scaler = StandardScaler().fit(features)
    standard = scaler.transform(features)
    signs = _signs()
    sides = np.outer([{"client": 1, "customer": -1}.get(label, 0) for label in MESSAGE_LABELS], signs)
    columns = np.array([MESSAGE_LABELS.index(label) for label in labels])
    label_weights, label_bias = signed_logistic(standard, columns, weights, sides, c=0.1)
    score_weights, score_bias = signed_ridge(standard, points, weights, signs, alpha=50.0)
    return MessageModel(
        center=scaler.mean_,
        scale=np.where(scaler.scale_ == 0, 1.0, scaler.scale_),
        label_weights=label_weights,
        label_bias=label_bias,
        score_weights=score_weights,
        score_bias=np.array([score_bias]),
    )


def _signs() -> list[int]:
    """Return which way each feature may move a message: 1 toward client, -1 toward customer, 0 either."""
    ways = dict.fromkeys(("customer", *CUES), -1)
    ways |= dict.fromkeys(("client", "score", "balance", *PLACES, *CUES_OF["client"]), 1)
    return [ways.get(name.split()[0], 0) for name in MessageModel.feature_names()]
