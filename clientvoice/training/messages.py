"""Fit the message model on labelled messages whose senders the sentence model never saw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.framing.messages import MessageModel, message_features
from clientvoice.framing.model import Scores
from clientvoice.records import MESSAGE_LABELS, UNCOUNTED


def fit_messages(messages: Sequence[LabelledMessage], scores: Sequence[Scores]) -> MessageModel:
    """Fit label and score on messages and the scores of their sentences, one Scores a message."""
    rows, labels, points = [], [], []
    for message, score in zip(messages, scores, strict=True):
        counted = [row for row, sentence in enumerate(message.sentences) if sentence.kind not in UNCOUNTED]
        if counted:
            rows.append(message_features([message.sentences[row] for row in counted], score, counted))
            labels.append(message.label)
            points.append(message.score)
    scaler = StandardScaler().fit(np.array(rows))
    standard = scaler.transform(np.array(rows))
    label_model = LogisticRegression(C=0.1, max_iter=2000).fit(standard, labels)
    order = [list(label_model.classes_).index(label) for label in MESSAGE_LABELS]
    score_model = Ridge(alpha=30.0).fit(standard, points)
    return MessageModel(
        center=scaler.mean_,
        scale=np.where(scaler.scale_ == 0, 1.0, scaler.scale_),
        label_weights=label_model.coef_[order],
        label_bias=label_model.intercept_[order],
        score_weights=score_model.coef_,
        score_bias=np.array([score_model.intercept_]),
    )
