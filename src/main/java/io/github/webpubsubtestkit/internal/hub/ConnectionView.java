package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stub, replaced by core. */
public record ConnectionView(
    String connectionId, @Nullable String userId, Set<String> groups, Subprotocol protocol) {}
