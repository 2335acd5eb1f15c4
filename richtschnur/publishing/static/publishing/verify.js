// Checks a receipt in the browser, with its own reckoning: nothing of the file leaves the device.
// SHA-2 (FIPS 180-4), Ed25519 (RFC 8032), the tree (RFC 6962), notes and tiles (C2SP).
"use strict";

const utf8 = (text) => new TextEncoder().encode(text);
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const unbase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const big = (bytes) => BigInt(`0x${hex(bytes) || "0"}`);

// The first bits behind the point of square and cube roots of primes are SHA-2's constants.
function rootOf(number, power) {
  let low = 0n, high = 1n << 70n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= number) low = middle; else high = middle - 1n;
  }
  return low;
}
const PRIMES = [];
for (let n = 2n; PRIMES.length < 80; n += 1n) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const FIRST = PRIMES.slice(0, 8).map((p) => BigInt.asUintN(64, rootOf(p << 128n, 2n)));
const ROUNDS = PRIMES.map((p) => BigInt.asUintN(64, rootOf(p << 192n, 3n)));
const KINDS = {
  256: { bits: 32n, rounds: 64, turns: [[7n, 18n, 3n], [17n, 19n, 10n], [2n, 13n, 22n], [6n, 11n, 25n]] },
  512: { bits: 64n, rounds: 80, turns: [[1n, 8n, 7n], [19n, 61n, 6n], [28n, 34n, 39n], [14n, 18n, 41n]] },
};

function sha2(kind, message) {
  const { bits, rounds, turns } = KINDS[kind];
  const cut = (n) => BigInt.asUintN(Number(bits), n), upper = (n) => n >> (64n - bits);
  const turned = (n, by) => cut((n >> by) | (n << (bits - by)));
  const mixed = (n, [a, b, c], shifts) => turned(n, a) ^ turned(n, b) ^ (shifts ? n >> c : turned(n, c));
  const word = Number(bits) / 8, block = 16 * word;
  const padded = new Uint8Array(Math.ceil((message.length + 1 + 2 * word) / block) * block);
  padded.set(message);
  padded[message.length] = 128;
  padded.set(unhex((message.length * 8).toString(16).padStart(16, "0")), padded.length - 8);
  let state = FIRST.map(upper);
  for (let at = 0; at < padded.length; at += block) {
    const w = [];
    for (let i = 0; i < 16; i++) w.push(big(padded.subarray(at + i * word, at + (i + 1) * word)));
    for (let i = 16; i < rounds; i++) {
      w.push(cut(w[i - 16] + mixed(w[i - 15], turns[0], true) + w[i - 7] + mixed(w[i - 2], turns[1], true)));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < rounds; i++) {
      const one = h + mixed(e, turns[3]) + ((e & f) ^ (~e & g)) + upper(ROUNDS[i]) + w[i];
      const two = mixed(a, turns[2]) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, cut(d + one), c, b, a, cut(one + two)];
    }
    state = [a, b, c, d, e, f, g, h].map((n, i) => cut(n + state[i]));
  }
  return unhex(state.map((n) => n.toString(16).padStart(2 * word, "0")).join(""));
}

// Ed25519: points as (X, Y, Z, T).
const P = 2n ** 255n - 19n, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (n) => ((n % P) + P) % P;
function power(base, exponent) {
  let found = 1n;
  for (base = mod(base); exponent; exponent >>= 1n) {
    if (exponent & 1n) found = mod(found * base);
    base = mod(base * base);
  }
  return found;
}
const D = mod(-121665n * power(121666n, P - 2n));
function plus(p, q) {
  const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
  const c = mod(2n * p[3] * q[3] * D), d = mod(2n * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(point, number) {
  let found = [0n, 1n, 1n, 0n];
  for (; number; number >>= 1n) {
    if (number & 1n) found = plus(found, point);
    point = plus(point, point);
  }
  return found;
}
const little = (bytes) => big(Uint8Array.from(bytes).reverse());
function pointOf(bytes) {
  const number = little(bytes), sign = number >> 255n, y = BigInt.asUintN(255, number);
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square)) x = mod(x * power(2n, (P - 1n) / 4n));
  if (y >= P || mod(x * x - square) || (!x && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}
const BASE = pointOf(unhex("58" + "66".repeat(31)));
function isSigned(key, message, signature) {
  const s = little(signature.subarray(32)), point = pointOf(key);
  if (signature.length !== 64 || key.length !== 32 || s >= ORDER || !point) return false;
  const h = little(sha2(512, joined(signature.subarray(0, 32), key, message))) % ORDER;
  const minus = [mod(-point[0]), point[1], 1n, mod(-point[3])];
  const found = plus(times(BASE, s), times(minus, h)), inverse = power(found[2], P - 2n);
  const x = mod(found[0] * inverse), y = mod(found[1] * inverse);
  const made = (y | ((x & 1n) << 255n)).toString(16).padStart(64, "0");
  return equal(unhex(made).reverse(), signature.subarray(0, 32));
}

// Notes, checkpoints, the tree.
function keyOf(text, kind = 1) {
  const [name, id, data] = text.trim().split(/\+(.{8})\+/), bytes = unbase64(data);
  const found = sha2(256, joined(utf8(`${name}\n`), bytes)).subarray(0, 4);
  if (hex(found) !== id || bytes.length !== 33 || bytes[0] !== kind) throw new Error("key");
  return { name, id: found, bytes: bytes.subarray(1), text: text.trim() };
}
function opened(note, key) {
  const at = note.lastIndexOf("\n\n"), text = note.slice(0, at + 1);
  for (const line of note.slice(at + 2).split("\n")) {
    const [dash, name, data] = line.split(" ");
    if (dash !== "—" || name !== key.name) continue;
    const bytes = unbase64(data);
    if (equal(bytes.subarray(0, 4), key.id) && isSigned(key.bytes, utf8(text), bytes.subarray(4))) return text;
  }
  throw new Error("signature");
}
function checkpointOf(note, key) {
  const [name, size, root, day] = opened(note, key).split("\n");
  if (name !== key.name || !/^\d+$/.test(size)) throw new Error("signature");
  return { size: Number(size), root: unbase64(root), day };
}
// A witness's line under a checkpoint (C2SP cosignature/v1); a false one is an error.
function isCosigned(note, witness) {
  const at = note.lastIndexOf("\n\n"), text = note.slice(0, at + 1);
  for (const line of note.slice(at + 2).split("\n")) {
    const [dash, name, data] = line.split(" ");
    if (dash !== "—" || name !== witness.name) continue;
    const bytes = unbase64(data);
    if (!equal(bytes.subarray(0, 4), witness.id)) continue;
    const message = `cosignature/v1\ntime ${big(bytes.subarray(4, 12))}\n${text}`;
    if (!isSigned(witness.bytes, utf8(message), bytes.subarray(12))) throw new Error("witness");
    return true;
  }
  return false;
}
const leafHash = (entry) => sha2(256, joined([0], utf8(entry)));
const nodeHash = (left, right) => sha2(256, joined([1], left, right));
function led(hash, index, size, proof) {
  let last = size - 1;
  for (const step of proof) {
    if (index % 2 || index === last) {
      hash = nodeHash(step, hash);
      while (index && !(index % 2)) { index /= 2; last = Math.floor(last / 2); }
    } else hash = nodeHash(hash, step);
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  if (last) throw new Error("proof");
  return hash;
}

// The published log.
const LOG = "/log/";
async function fetched(path) {
  const cache = path.startsWith("tile/") ? "default" : "no-cache"; // what is signed must be today's
  const answer = await fetch(LOG + path, { credentials: "omit", cache });
  if (!answer.ok) throw new Error("log");
  return new Uint8Array(await answer.arrayBuffer());
}
const said = async (path) => new TextDecoder().decode(await fetched(path));
function pathOf(level, index, width) {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${groups.join("/")}${width < 256 ? `.p/${width}` : ""}`;
}
async function rootAt(size, published) {
  const parts = [];
  for (let start = 0; start < size;) {
    const level = Math.floor(Math.log2(size - start)), floor = Math.floor(level / 8);
    const first = start / 2 ** (8 * floor), index = Math.floor(first / 256);
    const width = Math.min(256, Math.floor(published / 2 ** (8 * floor)) - index * 256);
    const tile = await fetched(pathOf(floor, index, width));
    let hashes = [];
    for (let i = 0; i < 2 ** (level % 8); i++) {
      const at = 32 * ((first % 256) + i);
      hashes.push(tile.slice(at, at + 32));
    }
    while (hashes.length > 1) {
      hashes = hashes.flatMap((hash, i) => (i % 2 ? [] : [nodeHash(hash, hashes[i + 1])]));
    }
    parts.push(hashes[0]);
    start += 2 ** level;
  }
  return parts.reduceRight((right, left) => nodeHash(left, right));
}
async function entryAt(index, published) {
  const bundle = Math.floor(index / 256), width = Math.min(256, published - bundle * 256);
  const data = await fetched(pathOf("entries", bundle, width));
  let at = 0;
  for (let i = bundle * 256; i < index; i++) at += 2 + data[at] * 256 + data[at + 1];
  return new TextDecoder().decode(data.subarray(at + 2, at + 2 + data[at] * 256 + data[at + 1]));
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(",")}}`;
}

// What is two days old must have been published.
const isOld = (day, days = 2) => Date.now() >= Date.parse(day) + days * 86400e3;

// What stands in the log for a content and the secret number behind it.
function commitment(said) {
  return hex(sha2(256, joined(utf8("v1"), unhex(said.salt), utf8(canonical(said.content)))));
}

// What the page says about a receipt: one of the results that stand hidden in it.
async function judged(text) {
  let receipt, key;
  try { receipt = JSON.parse(text); key = keyOf(receipt.log.key); JSON.parse(receipt.leaf); } catch { return "unreadable"; }
  const made = commitment(receipt);
  if (made !== receipt.commitment || made !== JSON.parse(receipt.leaf).c) return "words";
  const files = receipt.files && receipt.files.map(commitment);
  if (files && canonical(files) !== canonical(receipt.content.attachments || [])) return "words";
  const hash = leafHash(receipt.leaf);
  let stated = null;
  try {
    if (opened(receipt.promise, key) !== `richtschnur promise v1\n${key.name}\n${base64(hash)}\n`) return "signature";
    if (receipt.index !== null) {
      stated = checkpointOf(receipt.checkpoint, key);
      if (!equal(led(hash, receipt.index, stated.size, receipt.proof.map(unbase64)), stated.root)) return "signature";
    }
  } catch { return "signature"; }
  if ((await said("key")).trim() !== key.text) return "other";
  const published = checkpointOf(await said("checkpoint"), key);
  if (!equal(await rootAt(published.size, published.size), published.root)) return "log";
  if (stated && stated.size > published.size && isOld(stated.day)) return "log";
  if (!stated || receipt.index >= published.size) return isOld(JSON.parse(receipt.leaf).day) ? "log" : "young";
  if (await entryAt(receipt.index, published.size) !== receipt.leaf) return "log";
  if (stated.size <= published.size && !equal(await rootAt(stated.size, published.size), stated.root)) return "log";
  return "holds";
}

// Whether every witness has signed the newest state, or one before it and nothing is a week old.
async function isWitnessed(witnesses, key) {
  const lines = (await said("checkpoints")).trim().split("\n").map((line) => JSON.parse(line));
  const notes = [...lines, await said("checkpoint")];
  const newest = checkpointOf(notes[notes.length - 1], key).size;
  return witnesses.every((witness) => {
    let at = notes.length - 1;
    while (at >= 0 && !isCosigned(notes[at], witness)) at--;
    if (at < 0) return false;
    if (checkpointOf(notes[at], key).size === newest) return true;
    return !isOld(checkpointOf(notes[at + 1], key).day, 7);
  });
}

// The result for a receipt, and what the named witnesses say of the same log.
async function judgedBy(text, keys) {
  let witnesses;
  try { witnesses = keys.split("\n").filter((line) => line.trim()).map((line) => keyOf(line, 4)); } catch { return "key"; }
  const result = await judged(text);
  if (result !== "holds" || !witnesses.length) return result;
  try { return await isWitnessed(witnesses, keyOf(JSON.parse(text).log.key)) ? "witnessed" : "witness"; } catch { return "witness"; }
}

const form = document.getElementById("check");
if (form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete form.dataset.sent;
    const file = form.querySelector("input").files[0];
    let result = "choose";
    if (file) {
      try { result = await judgedBy(await file.text(), form.querySelector("textarea").value); } catch { result = "log"; }
    }
    const results = document.getElementById("results");
    for (const each of results.children) each.hidden = each.dataset.result !== result;
    results.focus();
  });
}
