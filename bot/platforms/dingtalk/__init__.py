"""DingTalk (钉钉): callback codec, parsing, API client, limits."""
