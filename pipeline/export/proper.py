"""Names that start with a capital in the middle of a title and have no other letter to give them away.

A name that styles would lower is added here; words with a capital beyond the first letter or with a digit need not be.
"""

import re

WORDS = frozenset(
    (
        # Models, systems and data
        "Adam Alpaca Anthropic Arena Atari Bard Bird Chinchilla Claude Copilot Crawl Exchange Falcon Gaudi Gemini "
        "Gemma Google Gopher Gutenberg Haiku Intel Jamba Kimi Llama Longformer Mamba Megatron Microsoft Mistral "
        "Mixtral Opus Orca Pathways Penn Performers Pile Pixtral Pythia Python Quora Qwen Reddit Reformer Sonnet Stack "
        "Transformer Transformers Treebank Tulu Vicuna Voyager Wikimedia Wikipedia "
        # People, and what is called after them
        "Bayes Bayesian Bellman Bernoulli Boltzmann Bradley Brownian Carlo Cauchy Dirichlet Elo Euclidean Fisher "
        "Fourier Gauss Gaussian Gibbs Gumbel Hamming Hawkes Hebbian Hermitian Hessian Hilbert Hopfield Huffman "
        "Jacobian Jensen Kalman Kolmogorov Kullback Lagrangian Langevin Laplace Leibler Levenshtein Lipschitz Lyapunov "
        "Markov Markovian Monte Nash Nesterov Newton Occam Pareto Pearson Plackett Poisson Riemannian Shannon Shapley "
        "Taylor Terry Thompson Turing Viterbi Wasserstein Winograd Zipf "
        # Languages, peoples and countries
        "Africa African America American Arabic Asia Asian Australian Bengali Brazilian British Bulgarian Canadian "
        "Catalan China Chinese Croatian Czech Danish Dutch English Estonian Europe European Finnish France French "
        "German Germany Greek Hebrew Hindi Hungarian Icelandic India Indian Indonesian Irish Italian Japan Japanese "
        "Korean Latin Latvian Lithuanian Norwegian Persian Polish Portuguese Romanian Russia Russian Serbian Slovak "
        "Slovenian Spanish Swahili Swedish Swiss Tamil Telugu Thai Turkish Ukrainian Urdu Vietnamese Welsh Yoruba"
    ).split()
)

PHRASES = (
    "American Mathematics Competitions",
    "Arcade Learning Environment",
    "Chatbot Arena",
    "Common Crawl",
    "Long Range Arena",
    "Llama Guard",
    "Natural Questions",
    "One Billion Word Benchmark",
    "OpenAssistant Conversations",
    "Tensor Core",
    "Tensor Cores",
    "Winograd Schema Challenge",
)
"""Names of several words that are plain ones elsewhere. A rule cannot tell them from "Scaling Laws"."""

IN_TITLE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, PHRASES))})(?!\w)")


def is_proper(word: str) -> bool:
    """Whether a word, which may be a possessive, is one of these names."""
    return word in WORDS or re.sub(r"['’]s?$", "", word) in WORDS
