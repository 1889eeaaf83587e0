package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted handshake brings.
 *
 * @param userId from the token, null if it has none
 * @param roles from the token
 * @param groups valid names, joined before the client hears anything
 * @param protocol the negotiated subprotocol
 * @param codec the service's side of it; one instance serves all connections that encode alike
 */
public record NewConnection(
    @Nullable String userId,
    List<String> roles,
    List<String> groups,
    Subprotocol protocol,
    ServiceCodec codec) {}
