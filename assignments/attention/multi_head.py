class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        assert d_model % num_heads == 0
        self.d_model = d_model
        self.num_heads = num_heads
        self.d_k = d_model // num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(____, d_model)  # q3a
        self.W_v = nn.Linear(d_model, ____)  # q3b
        self.W_o = nn.Linear(d_model, ____)  # q3c

    def scaled_dot_product_attention(self, Q, K, V):
        scores = torch.matmul(____, K.transpose(-2, -1)) / math.sqrt(self.d_k)  # q3d
        probs = torch.____(scores, dim=-1)  # q3e
        output = torch.matmul(probs, ____)  # q3f
        return output

    def split_heads(self, x):
        batch_size, seq_length, _ = x.size()
        return x.view(batch_size, seq_length, ____, self.d_k).transpose(1, 2)  # q3g

    def combine_heads(self, x):
        batch_size, _, seq_length, _ = x.size()
        return x.transpose(1, 2).contiguous().view(batch_size, seq_length, self.d_model)

    def forward(self, Q, K, V):
        Q = self.split_heads(self.W_q(Q))
        K = self.split_heads(self.W_k(K))
        V = self.split_heads(self.W_v(V))
        attn = self.scaled_dot_product_attention(Q, K, V)
        return ____(self.combine_heads(attn))  # q3h
