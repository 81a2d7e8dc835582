/** `bpe-lab/drift`: judges two tokenizers: what changed, what comes out differently, and how bad it is. */
export * from '../lib/drift';
