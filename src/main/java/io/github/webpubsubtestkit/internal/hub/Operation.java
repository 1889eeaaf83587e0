package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stub, replaced by core. */
public record Operation(
    String name,
    Caller caller,
    String hub,
    @Nullable String callerUserId,
    @Nullable String callerConnectionId,
    @Nullable String connectionId,
    @Nullable String userId,
    @Nullable String group,
    @Nullable String event,
    @Nullable Payload payload,
    Map<String, List<String>> parameters,
    String request,
    String outcome,
    boolean successful,
    Duration at) {}
