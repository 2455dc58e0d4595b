"""A linear classifier of the three frames, as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data


class FramingClassifier(ClassifierMixin, BaseEstimator):
    """Multinomial logistic regression over the three frames.

    Parameters
    ----------
    C : float
        Inverse strength of the L2 penalty.
    balance : float
        Classes are weighted by ``(n / (k * n_class)) ** balance``; 0 leaves the
        natural shares, 1 makes the classes equal.
    max_iter : int
        Iterations of the solver.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Labels in column order.
    coef_ : ndarray of shape (n_classes, n_features)
    intercept_ : ndarray of shape (n_classes,)

    Examples
    --------
    >>> import numpy as np
    >>> X = np.eye(3)
    >>> FramingClassifier(C=100).fit(X, ["client", "customer", "neutral"]).predict(X).tolist()
    ['client', 'customer', 'neutral']
    """

    def __init__(self, *, C: float = 3.0, balance: float = 0.4, max_iter: int = 300) -> None:  # noqa: N803
        self.C = C
        self.balance = balance
        self.max_iter = max_iter

    def fit(self, X: Any, y: Sequence[str], sample_weight: NDArray[np.float64] | None = None) -> Self:  # noqa: N803
        """Fit on vectors ``X`` of shape (n_sentences, n_features) and labels ``y``.

        Examples
        --------
        >>> FramingClassifier().fit([[0.0], [1.0]], ["client", "customer"]).classes_.tolist()
        ['client', 'customer']
        """
        self._check_vectors(X)
        X, y = validate_data(self, X, y, accept_sparse="csr")  # noqa: N806
        check_classification_targets(y)
        labels, index = np.unique(np.asarray(y), return_inverse=True)
        if len(labels) < 2:
            raise ValueError(f"{type(self).__name__}: the labels hold one class, expected two or more.")
        if sample_weight is not None:
            sample_weight = _check_sample_weight(sample_weight, X)
        share = np.bincount(index, weights=sample_weight, minlength=len(labels))
        share = np.maximum(share / share.sum(), np.finfo(float).tiny)
        weights = dict(zip(labels, (1 / (len(labels) * share)) ** self.balance, strict=True))
        inner = LogisticRegression(C=self.C, max_iter=self.max_iter, class_weight=weights)
        inner.fit(X, y, sample_weight=sample_weight)
        self.classes_ = inner.classes_
        self.coef_, self.intercept_ = inner.coef_, inner.intercept_
        if len(self.classes_) == 2:  # scikit-learn keeps one row for two classes; one row a class is simpler
            self.coef_ = np.vstack([-self.coef_[0] / 2, self.coef_[0] / 2])
            self.intercept_ = np.array([-self.intercept_[0] / 2, self.intercept_[0] / 2])
        self.n_iter_ = inner.n_iter_
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def decision_function(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """Return one logit a class, shape (n_sentences, n_classes); of two classes, the second's log-odds.

        Examples
        --------
        >>> fitted = FramingClassifier().fit([[0.0], [1.0]], ["client", "customer"])
        >>> fitted.decision_function([[0.0], [1.0]]).shape
        (2,)
        """
        logits = self._logits(X)
        return logits if len(self.classes_) > 2 else logits[:, 1] - logits[:, 0]

    def predict_proba(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """Return probabilities in [0, 1] that sum to one a row, shape (n_sentences, n_classes).

        Examples
        --------
        >>> fitted = FramingClassifier().fit([[0.0], [1.0]], ["client", "customer"])
        >>> fitted.predict_proba([[0.5]]).round(2).tolist()
        [[0.5, 0.5]]
        """
        return np.asarray(np.exp(log_softmax(self._logits(X), axis=1)), dtype=np.float64)

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """Return the likeliest label of each row."""
        columns = self._logits(X).argmax(axis=1)
        labels: NDArray[Any] = np.asarray(self.classes_)[columns]
        return labels

    def _logits(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        check_is_fitted(self, "coef_")
        self._check_vectors(X)
        X = validate_data(self, X, accept_sparse="csr", reset=False)  # noqa: N806
        return np.asarray(X @ self.coef_.T + self.intercept_, dtype=np.float64)

    def _check_vectors(self, X: Any) -> None:  # noqa: N803
        """Refuse texts, of which scikit-learn would only say that they are no numbers."""
        listed = isinstance(X, list | tuple) or getattr(X, "ndim", 0) == 1
        if isinstance(X, str) or (listed and isinstance(next(iter(X), None), str)):
            name = type(self).__name__
            raise TypeError(
                f"{name}: expected vectors, got texts; put a vectoriser first: "
                f"make_pipeline(NgramVectorizer(), {name}())."
            )
