package com.example.chat;

import java.util.Optional;

/**
 * One thing that was said.
 *
 * @param group where it was said; empty for an announcement of the server to everyone
 * @param from who said it; empty for the server
 * @param text what was said
 */
public record ChatMessage(Optional<String> group, Optional<String> from, String text) {}
