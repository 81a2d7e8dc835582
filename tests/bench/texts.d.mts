/** The texts of 1 MB, by kind, each with a separate one that warms up the JIT. */
export function benchTexts(): Record<
	'prose' | 'code' | 'multilingual',
	{ readonly text: string; readonly warmUp: string }
>;
