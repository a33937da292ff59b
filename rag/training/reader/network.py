"""The network: the embedding model's transformer, and for each token two scores: the answer begins or ends there."""

from pathlib import Path

from torch import Tensor, nn
from transformers import AutoModel

FROZEN_LAYERS = 4


class SpanNetwork(nn.Module):
    """A transformer with a span head (Devlin et al. 2019, section 4.2-4.3): the first token stands for "no answer".

    Args:
        folder: The transformer's folder.
        frozen: How many of the lowest layers stay as they are, with the embeddings.
    """

    def __init__(self, folder: Path, frozen: int = FROZEN_LAYERS) -> None:
        super().__init__()
        # Without dropout: one pass over the data does not overfit, and random numbers cost a tenth of the time.
        self.encoder = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.head = nn.Linear(self.encoder.config.hidden_size, 2)
        self.frozen = frozen
        for parameters in (self.encoder.embeddings.parameters(), self.encoder.encoder.layer[:frozen].parameters()):
            for parameter in parameters:
                parameter.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Scores, ``(n, n_tokens, 2) float32``, of token numbers ``(n, n_tokens)`` and which of them are tokens."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        scores: Tensor = self.head(hidden)
        return scores

    def trained_state(self) -> dict[str, Tensor]:
        """The tensors that training changes, by name."""
        trained = {name for name, parameter in self.named_parameters() if parameter.requires_grad}
        return {name: tensor for name, tensor in self.state_dict().items() if name in trained}


def span_loss(scores: Tensor, allowed: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Mean negative log-likelihood of begin and end; of several right places, that of any of them.

    The marginal likelihood is that of Clark and Gardner 2018 (equation 3).

    Args:
        scores: ``(n, n_tokens, 2)``.
        allowed: Which tokens may begin or end an answer, ``(n, n_tokens) bool``.
        starts: The right places to begin, likewise; at least one in each row.
        ends: The right places to end, likewise.

    Returns:
        A scalar.
    """
    total = scores.new_zeros(())
    for place, right in enumerate((starts, ends)):
        logits = scores[..., place].masked_fill(~allowed, float("-inf"))
        gold = logits.masked_fill(~right, float("-inf"))
        total = total + (logits.logsumexp(1) - gold.logsumexp(1)).mean()
    return total / 2
