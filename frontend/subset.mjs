// Cuts fonts down to the characters that each is asked for: `node subset.mjs ORDERS`.
// ORDERS is a JSON file: a list of {source, target, points, features}, points being code points,
// features those of OpenType to keep, null for all that a shaper uses by itself.
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

for (const { source, target, points, features } of JSON.parse(await readFile(process.argv[2], "utf8"))) {
  const text = points.map((point) => String.fromCodePoint(point)).join("");
  const options = { targetFormat: "woff2", noHinting: true }; // a third of the file
  if (features) options.keepFeatures = features;
  await writeFile(target, await subsetFont(await readFile(source), text, options));
}
