package io.github.webpubsubtestkit.internal.gateway;

/**
 * The switches of the client endpoint (client-protocols 0.4).
 *
 * @param anonymousAllowed connect without any token; default off
 * @param nullFromUserId write {@code "fromUserId":null} for senders without user id; default off
 * @param omitNullUserId leave {@code userId} out of {@code connected} if there is none; default off
 * @param keepOnCloseWithoutStatus a reliable connection survives a close frame without a status;
 *     default off
 */
public record GatewayOptions(
    boolean anonymousAllowed,
    boolean nullFromUserId,
    boolean omitNullUserId,
    boolean keepOnCloseWithoutStatus) {}
