"""A WeCom and a DingTalk on loopback, with a chat page and a clock to move."""
