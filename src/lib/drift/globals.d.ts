/** What the judge takes from its host beyond the engine's own; read by this folder's tsconfig alone. */

declare const crypto:
	| { readonly subtle?: { digest(algorithm: string, data: ArrayBufferView): Promise<ArrayBuffer> } }
	| undefined;

declare function btoa(data: string): string;
