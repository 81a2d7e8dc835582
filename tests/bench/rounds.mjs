export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export const medians = (runs) =>
	mapValues(runs[0], (_, key) => median(runs.map((run) => run[key])));

export const mapValues = (object, change) =>
	Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/**
 * Runs every contender once in each round, one after another. Contenders are the lab and the libraries that it is
 * compared with.
 * @param {Record<string, () => Promise<any>>} contenders
 * @param {Set<string>} [failed] collects the names of failing contenders other than the lab; they are skipped from then
 * on
 * @returns for each contender, the answers from all rounds
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
