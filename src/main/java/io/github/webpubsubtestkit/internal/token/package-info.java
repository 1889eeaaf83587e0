/**
 * Access keys and the tokens made with them: minting and checking of client and REST tokens
 * (client-protocols B, rest-api 2). The only room that uses jjwt.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.token;

import org.jspecify.annotations.NullMarked;
