/**
 * Runs the command line.
 * @param {() => Promise<number>} main returns the exit code
 * @returns {Promise<void>} resolves once the exit code is set: 2 with one line on standard error if `main` throws
 */
export async function start(main) {
	try {
		process.exitCode = await main();
	} catch (error) {
		const { stripVTControlCharacters } = await import('node:util');
		// The bundler's messages are coloured.
		const message = stripVTControlCharacters(
			error instanceof Error ? error.message : String(error)
		);
		console.error(`bpe-lab could not start: ${message.trim().replace(/\s*\n\s*/g, ' ')}`);
		process.exitCode = 2;
	}
}
