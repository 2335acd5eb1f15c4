"""A choice between topics that begins with what they say of themselves, and learns from labels.

It is a multinomial regression whose weights are pulled towards those that the topics' own texts
give. Without a label it is that prior alone; each label moves it a little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Shares = NDArray[np.float64]

STEPS = 300  # at most
ENOUGH = 1e-5  # how little a step must change the weights for the search to end
FOLDS = 5
TEMPERATURES = np.geomspace(0.5, 3.0, 37)
HELD_TO_ONE = 4.0  # labels' worth of belief that the certainty needs no correction


@dataclass(frozen=True)
class Strength:
    """How much is believed before anything is learned."""

    scale: float  # of the likeness between a text and a topic, before the softmax
    weights: float  # pull towards the prior's weights
    bias: float  # pull towards topics being equally frequent


@dataclass(frozen=True)
class Choice:
    """Weights of each topic (columns), its frequency, and the correction of the certainty."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    temperature: float = 1.0

    def shares(self, rows: Rows) -> Shares:
        """For each row how likely each topic is; together 1."""
        return softmax(self.scores(rows) / self.temperature)

    def scores(self, rows: Rows) -> Shares:
        """The same before the softmax."""
        found: Shares = rows.astype(np.float64) @ self.weights + self.bias
        return found


def learn(prior: Rows, rows: Rows, labels: NDArray[np.int64], strength: Strength) -> Choice:
    """The choice after these labels; `prior` holds a row of length 1 for each topic.

    Its certainty is corrected by what it says of labels that it was not shown.
    """
    first = strength.scale * prior.astype(np.float64).T
    if not len(labels):
        return Choice(first, np.zeros(len(prior)))
    choice = fit(first, rows, labels, strength)
    if len(labels) < 2 * FOLDS:
        return choice
    fold = np.arange(len(labels)) % FOLDS
    scores = np.empty((len(labels), len(prior)))
    for number in range(FOLDS):
        out = fold == number
        scores[out] = fit(first, rows[~out], labels[~out], strength).scores(rows[out])
    return Choice(choice.weights, choice.bias, temperature(scores, labels))


def fit(
    first: NDArray[np.float64], rows: Rows, labels: NDArray[np.int64], strength: Strength
) -> Choice:
    """The likeliest weights, by accelerated descent from the prior's."""
    seen = rows.astype(np.float64)
    truth = np.eye(first.shape[1])[labels]
    weights, bias = first.copy(), np.zeros(first.shape[1])
    ahead, ahead_bias, momentum = weights, bias, 1.0
    largest = np.linalg.norm(seen, 2) ** 2
    step = 1 / (largest / 2 + strength.weights)
    step_bias = 1 / (len(seen) / 2 + strength.bias)
    for _turn in range(STEPS):
        error = softmax(seen @ ahead + ahead_bias) - truth
        new = ahead - step / 2 * (seen.T @ error + strength.weights * (ahead - first))
        new_bias = ahead_bias - step_bias / 2 * (error.sum(axis=0) + strength.bias * ahead_bias)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = new + (momentum - 1) / following * (new - weights)
        ahead_bias = new_bias + (momentum - 1) / following * (new_bias - bias)
        moved = np.abs(new - weights).max()
        weights, bias, momentum = new, new_bias, following
        if moved < ENOUGH:
            break
    return Choice(weights, bias)


def temperature(scores: Shares, labels: NDArray[np.int64]) -> float:
    """By what the scores must be divided for the shares to come true as often as they say."""
    right = np.arange(len(labels))
    losses = [
        -np.log(softmax(scores / each)[right, labels] + 1e-12).sum()
        + HELD_TO_ONE * np.log(each) ** 2
        for each in TEMPERATURES
    ]
    return float(TEMPERATURES[int(np.argmin(losses))])


def softmax(scores: Shares) -> Shares:
    """Rows of shares that sum to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Shares = raised / raised.sum(axis=1, keepdims=True)
    return found
