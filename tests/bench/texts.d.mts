/** Texts of 1 MB by kind (default: prose, code and multilingual), each with a separate text for warming up the JIT. */
export function benchTexts<Name extends string = 'prose' | 'code' | 'multilingual'>(
	names?: readonly Name[]
): Record<Name, { readonly text: string; readonly warmUp: string }>;
