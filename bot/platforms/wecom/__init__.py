"""WeCom (企业微信): callback codec, parsing, API client, limits."""
