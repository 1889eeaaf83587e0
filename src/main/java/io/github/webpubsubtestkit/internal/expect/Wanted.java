package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message that a client waited for in vain.
 *
 * @param client the client's name
 * @param connectionId the id of its connection, if it is known
 * @param hub the hub of the client
 * @param userId the user of the client
 * @param groups the groups it joined, as far as the client knows
 * @param group the group the message was to come from; null for any
 * @param nearness how near a payload comes to the wanted one, 1 for the same; empty if no payload
 *     can be compared
 * @param nearCame true if a message came that is nearly the wanted one, so that only its exact copy
 *     tells more
 * @param since when the client was opened, in the timeline's time
 * @param ended true if its connection has ended
 * @param received true if it has received such a message, which was read already
 */
public record Wanted(
    String client,
    @Nullable String connectionId,
    String hub,
    @Nullable String userId,
    Set<String> groups,
    @Nullable String group,
    Function<Payload, Optional<Double>> nearness,
    boolean nearCame,
    Duration since,
    boolean ended,
    boolean received) {}
