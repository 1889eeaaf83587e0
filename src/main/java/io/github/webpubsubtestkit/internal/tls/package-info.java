/**
 * Certificates: the one that comes with the kit, a user's own, and which of them are trusted.
 *
 * <p>The kit's key and certificate are {@code localhost.key.der} (PKCS#8) and {@code
 * localhost.crt.der} (X.509) of this package's resources. The key is public on purpose, like
 * everything in a jar: it is for tests on one machine. They were made by:
 *
 * <pre>
 * keytool -genkeypair -keystore k.p12 -storepass changeit -alias k -keyalg EC -groupname secp256r1 \
 *   -sigalg SHA256withECDSA -startdate "2020/01/01 00:00:00" -validity 10957 \
 *   -dname "CN=webpubsub-testkit public test certificate" \
 *   -ext san=dns:localhost,ip:127.0.0.1,ip:::1 -ext bc:c=ca:false -ext ku:c=digitalSignature \
 *   -ext eku=serverAuth,clientAuth
 * openssl pkcs12 -in k.p12 -passin pass:changeit -nocerts -nodes \
 *   | openssl pkcs8 -topk8 -nocrypt -outform DER -out localhost.key.der
 * openssl pkcs12 -in k.p12 -passin pass:changeit -nokeys \
 *   | openssl x509 -outform DER -out localhost.crt.der
 * </pre>
 */
@NullMarked
package io.github.webpubsubtestkit.internal.tls;

import org.jspecify.annotations.NullMarked;
