"""What is no report: commands to the bot, courtesy, questions, slogans."""
