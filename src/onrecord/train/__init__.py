"""How the learned reader is trained and shipped. Needs torch, safetensors and onnx; no run imports it."""
