package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a connection from its accepted handshake.
 *
 * @param id its id in the REST API
 * @param events its events for the application
 * @param userId the user from the token or the event handler, null if there is none
 * @param roles the roles from the token or the event handler
 * @param groups valid names, joined before the client receives anything
 * @param subprotocol the name that was selected, null for none
 * @param protocol the format of its frames
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
