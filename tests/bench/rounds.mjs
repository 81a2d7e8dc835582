// Runs contenders in rounds and takes medians.

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Median of each field. */
export const medians = (runs) =>
	mapValues(runs[0], (_, key) => median(runs.map((run) => run[key])));

export const mapValues = (object, change) =>
	Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/**
 * Runs all contenders in each round, one after another.
 * @param {Record<string, () => Promise<any>>} contenders
 * @param {Set<string>} [failed] collects the names of failing contenders other than the lab; they are skipped from then
 * on
 * @returns their answers by name
 */
export async function runRounds(rounds, contenders, failed) {
	const answers = {};
	for (let round = 0; round < rounds; round++) {
		for (const [name, run] of Object.entries(contenders)) {
			if (failed?.has(name)) continue;
			try {
				(answers[name] ??= []).push(await run());
			} catch (error) {
				if (!failed || name === 'lab') throw error;
				console.log(`${name} is not measured any more: ${error.message}`);
				failed.add(name);
				Reflect.deleteProperty(answers, name);
			}
		}
	}
	return answers;
}
