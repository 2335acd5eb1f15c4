"""A choice between topics that begins with what they say of themselves, and learns from labels.

It is a multinomial regression on top of fixed scores, those of the topics' own texts. Without a
label it is these scores alone; each label moves it a little.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

STEPS = 300  # at most
ENOUGH = 1e-4  # how little a step must change the weights for the search to end
FOLDS = 5
TEMPERATURES = np.geomspace(0.5, 3.0, 37)
DOUBTS = np.linspace(0, 0.3, 7)
HELD_TO_ONE = 4.0  # labels' worth of belief that the temperature is 1
SHARPNESS = 2.0  # how much the nearest of a topic's texts counts beside its others


@dataclass(frozen=True)
class Strength:
    """How much is believed before anything is learned."""

    scale: float  # of the likeness between a text and a topic's texts
    weights: float  # pull of the weights towards none
    bias: float  # pull towards topics being equally frequent


@dataclass(frozen=True)
class Correction:
    """What makes shares come true as often as they say.

    Scores are divided by the temperature; with the doubt's share a label says nothing of the text
    (people click wrongly, too), then only the topics' frequencies count.
    """

    temperature: float
    doubt: float
    frequencies: Numbers

    def shares(self, scores: Numbers) -> Numbers:
        """For each row of scores how likely each topic is; together 1."""
        certain = softmax(scores / self.temperature)
        found: Numbers = (1 - self.doubt) * certain + self.doubt * self.frequencies
        return found


@dataclass(frozen=True)
class Choice:
    """Weights of each topic (columns), its frequency, and the correction of the certainty."""

    weights: Numbers
    bias: Numbers
    correction: Correction

    def shares(self, first: Numbers, rows: Rows) -> Numbers:
        """For each row how likely each topic is; `first` are the scores before any label."""
        return self.correction.shares(first + rows @ self.weights + self.bias)


def likeness(rows: Rows, own: Rows, owner: Places, scale: float) -> Numbers:
    """The scores before any label: how near each row is to the texts (`own`) of each topic."""
    near = SHARPNESS * scale * (rows.astype(np.float64) @ own.T.astype(np.float64))
    columns = []
    for topic in range(int(owner.max()) + 1):
        part = near[:, owner == topic]
        most = part.max(axis=1, keepdims=True)
        columns.append(most[:, 0] + np.log(np.exp(part - most).mean(axis=1)))
    found: Numbers = np.stack(columns, axis=1) / SHARPNESS
    return found


def learn(first: Numbers, rows: Rows, labels: Places, strength: Strength) -> Choice:
    """The choice after these labels; its certainty is corrected by labels that it was not shown."""
    topics = first.shape[1]
    frequencies = (np.bincount(labels, minlength=topics) + 1) / (len(labels) + topics)
    as_it_is = Correction(1.0, 0.0, frequencies)
    if not len(labels):
        return Choice(np.zeros((rows.shape[1], topics)), np.zeros(topics), as_it_is)
    weights, bias = fit(first, rows, labels, strength)
    if len(labels) < 2 * FOLDS:
        return Choice(weights, bias, as_it_is)
    fold = np.arange(len(labels)) % FOLDS
    scores = np.empty_like(first)
    for number in range(FOLDS):
        out = fold == number
        there, level = fit(first[~out], rows[~out], labels[~out], strength)
        scores[out] = first[out] + rows[out] @ there + level
    return Choice(weights, bias, corrected(scores, labels, frequencies))


def fit(first: Numbers, rows: Rows, labels: Places, strength: Strength) -> tuple[Numbers, Numbers]:
    """The likeliest weights and frequencies, by accelerated descent from none."""
    seen, truth = rows.astype(np.float64), np.eye(first.shape[1])[labels]
    weights, bias = np.zeros((rows.shape[1], first.shape[1])), np.zeros(first.shape[1])
    ahead, ahead_bias, momentum = weights, bias, 1.0
    step = 1 / (np.linalg.norm(seen, 2) ** 2 / 2 + strength.weights)
    step_bias = 1 / (len(seen) / 2 + strength.bias)
    for _turn in range(STEPS):
        error = softmax(first + seen @ ahead + ahead_bias) - truth
        new = ahead - step / 2 * (seen.T @ error + strength.weights * ahead)
        new_bias = ahead_bias - step_bias / 2 * (error.sum(axis=0) + strength.bias * ahead_bias)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = new + (momentum - 1) / following * (new - weights)
        ahead_bias = new_bias + (momentum - 1) / following * (new_bias - bias)
        moved = np.abs(new - weights).max(initial=0)
        weights, bias, momentum = new, new_bias, following
        if moved < ENOUGH:
            break
    return weights, bias


def corrected(scores: Numbers, labels: Places, frequencies: Numbers) -> Correction:
    """The correction under which these labels were likeliest."""
    at = np.arange(len(labels))
    best, least = Correction(1.0, 0.0, frequencies), np.inf
    for temperature in TEMPERATURES:
        told = softmax(scores / temperature)[at, labels]
        held = HELD_TO_ONE * np.log(temperature) ** 2
        for doubt in DOUBTS:
            mixed = (1 - doubt) * told + doubt * frequencies[labels]
            loss = held - np.log(mixed + 1e-12).sum()
            if loss < least:
                best, least = Correction(float(temperature), float(doubt), frequencies), loss
    return best


def softmax(scores: Numbers) -> Numbers:
    """Rows of shares that sum to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return found
