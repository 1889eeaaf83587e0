package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted handshake brings.
 *
 * @param id by which REST finds it
 * @param events what the application is told of it
 * @param userId from the token or its event handler, null if there is none
 * @param roles from the token or the event handler
 * @param groups valid names, joined before the client hears anything
 * @param subprotocol the name that was selected, null for none
 * @param protocol how its frames are read
 * @param codec the service's side of it; one instance serves all connections that encode alike
 */
public record NewConnection(
    String id,
    ConnectionEvents events,
    @Nullable String userId,
    List<String> roles,
    List<String> groups,
    @Nullable String subprotocol,
    Subprotocol protocol,
    ServiceCodec codec) {}
