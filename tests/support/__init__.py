"""What tests share: environment, browser, page checkers."""
