"""Gemma 3 in numpy: runs the forward pass with weights from a GGUF file.

Architecture: "Gemma 3 Technical Report", arXiv 2503.19786; in a GGUF file the norms'
weights already include the 1 that the model adds to them.
"""

from pathlib import Path

import numpy as np
from gguf import GGUFReader, dequantize

# Every sixth layer attends to the whole text; the others see a sliding window.
GLOBAL_EVERY = 6
# RoPE base for the sliding-window layers. GGUF files don't contain this value.
LOCAL_ROPE_BASE = 10_000.0


class Gemma3:
    """Gemma 3, which scores sequences of ids."""

    def __init__(self, path: Path):
        reader = GGUFReader(path)
        field = lambda name: reader.fields[name].contents()
        if field("general.architecture") != "gemma3":
            raise ValueError(f"{path}: got {field('general.architecture')}, expected gemma3")
        self.head_size = field("gemma3.attention.key_length")
        self.window = field("gemma3.attention.sliding_window")
        self.epsilon = field("gemma3.attention.layer_norm_rms_epsilon")
        self.global_base = field("gemma3.rope.freq_base")
        tensors = {one.name: dequantize(one.data, one.tensor_type) for one in reader.tensors}
        self.embedding = tensors["token_embd.weight"]
        self.output_norm = tensors["output_norm.weight"]
        self.layers = [
            {
                name.removeprefix(f"blk.{layer}.").removesuffix(".weight"): tensor
                for name, tensor in tensors.items()
                if name.startswith(f"blk.{layer}.")
            }
            for layer in range(field("gemma3.block_count"))
        ]

    def states(self, ids: list[int]) -> np.ndarray:
        """Returns the output of the last layer at each position."""
        x = self.embedding[ids] * np.float32(np.sqrt(self.embedding.shape[1]))
        for number, layer in enumerate(self.layers):
            is_global = number % GLOBAL_EVERY == GLOBAL_EVERY - 1
            attended = self.attend(layer, self.norm(x, layer["attn_norm"]), is_global)
            x = x + self.norm(attended, layer["post_attention_norm"])
            hidden = self.norm(x, layer["ffn_norm"])
            gated = gelu(hidden @ layer["ffn_gate"].T) * (hidden @ layer["ffn_up"].T)
            x = x + self.norm(gated @ layer["ffn_down"].T, layer["post_ffw_norm"])
        return self.norm(x, self.output_norm)

    def attend(self, layer: dict[str, np.ndarray], x: np.ndarray, is_global: bool) -> np.ndarray:
        count = len(x)
        base = self.global_base if is_global else LOCAL_ROPE_BASE
        # Shape: [head, position, dimension].
        project = lambda name: (x @ layer[name].T).reshape(count, -1, self.head_size).swapaxes(0, 1)
        query = rotate(self.norm(project("attn_q"), layer["attn_q_norm"]), base)
        key = rotate(self.norm(project("attn_k"), layer["attn_k_norm"]), base)
        # Several query heads share one key head.
        shared = len(query) // len(key)
        key = np.repeat(key, shared, axis=0)
        value = np.repeat(project("attn_v"), shared, axis=0)
        scores = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(self.head_size))
        distance = np.arange(count)[:, None] - np.arange(count)[None, :]
        visible = (distance >= 0) & (is_global | (distance < self.window))
        scores = np.where(visible, scores, np.float32(-np.inf))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        mixed = (weights @ value).swapaxes(0, 1).reshape(count, -1)
        return mixed @ layer["attn_output"].T

    def norm(self, x: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + self.epsilon) * weight

    def bits(self, ids: list[int]) -> np.ndarray:
        """Returns the cost in bits of each id except the first, given the ids before it."""
        states, following = self.states(ids[:-1]), np.array(ids[1:])
        bits = []
        # Each row of logits takes up a megabyte, so compute 64 rows at a time.
        for start in range(0, len(states), 64):
            logits = states[start : start + 64] @ self.embedding.T
            chosen = logits[np.arange(len(logits)), following[start : start + 64]]
            highest = logits.max(axis=1)
            logits -= highest[:, None]
            totals = np.exp(logits, out=logits).sum(axis=1, dtype=np.float64)
            bits.append((np.log(totals) + highest - chosen) / np.log(2))
        return np.concatenate(bits)


def gelu(x: np.ndarray) -> np.ndarray:
    """Computes the tanh approximation, with which the model was trained."""
    return 0.5 * x * (1 + np.tanh(np.float32(np.sqrt(2 / np.pi)) * (x + 0.044715 * x * x * x)))


def rotate(x: np.ndarray, base: float) -> np.ndarray:
    """Applies rotary position embedding to [head, position, dimension]; the two halves of a head form the pairs."""
    half_size = x.shape[-1] // 2
    frequencies = base ** (-np.arange(half_size) / half_size)
    angles = np.arange(x.shape[1])[:, None] * frequencies
    cos, sin = np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
    low, high = x[..., :half_size], x[..., half_size:]
    return np.concatenate([low * cos - high * sin, high * cos + low * sin], axis=-1)
