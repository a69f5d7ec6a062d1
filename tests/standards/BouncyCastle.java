import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ua.DSTU4145NamedCurves;
import org.bouncycastle.asn1.ua.DSTU4145Params;
import org.bouncycastle.asn1.ua.DSTU4145PointEncoder;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.agreement.ECDHCBasicAgreement;
import org.bouncycastle.crypto.digests.DSTU7564Digest;
import org.bouncycastle.crypto.digests.GOST3411Digest;
import org.bouncycastle.crypto.engines.GOST28147Engine;
import org.bouncycastle.crypto.macs.GOST28147Mac;
import org.bouncycastle.crypto.modes.CFBBlockCipher;
import org.bouncycastle.crypto.modes.GOFBBlockCipher;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.ParametersWithSBox;
import org.bouncycastle.crypto.signers.DSTU4145Signer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.encoders.Hex;

/** Answers questions, a line each, by the implementation of BouncyCastle: numbers and octets are hexadecimal. */
public final class BouncyCastle {
    static final String SIGNATURE = "1.2.804.2.1.1.1.1.3.1.1";
    static final SecureRandom CHANCE = new SecureRandom();
    static final byte[] TABLE = unpacked(DSTU4145Params.getDefaultDKE());
    static final byte[] SECOND_START = Hex.decode("4adda22c79e82105");

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(answer(line.split(" ", -1)));
            System.out.flush();
        }
    }

    static String answer(String[] words) throws Exception {
        switch (words[0]) {
            case "gost": return digest(new GOST3411Digest(TABLE), octets(words[1]));
            case "kupyna": return digest(new DSTU7564Digest(Integer.parseInt(words[1])), octets(words[2]));
            case "simple": return hex(simple(octets(words[1]), octets(words[2])));
            case "feedback": return hex(feedback(octets(words[1]), octets(words[2]), octets(words[3])));
            case "gamma": return hex(through(new GOFBBlockCipher(new GOST28147Engine()), octets(words[1]), octets(words[2]), octets(words[3])));
            case "mac": return hex(mac(octets(words[1]), octets(words[2])));
            case "wrap": return hex(wrap(octets(words[1]), octets(words[2]), octets(words[3])));
            case "public": return point(curve(words[1]).getG().multiply(number(words[2])).negate());
            case "sign": return sign(curve(words[1]), number(words[2]), octets(words[3]));
            case "verify": return verify(curve(words[1]), words);
            case "sign-message": return signMessage(curve(words[1]), number(words[2]), octets(words[3]));
            case "verify-message": return verifyMessage(curve(words[1]), words);
            case "compress": return hex(DSTU4145PointEncoder.encodePoint(point(curve(words[1]), words[2], words[3])));
            case "expand": return point(DSTU4145PointEncoder.decodePoint(curve(words[1]).getCurve(), octets(words[2])));
            case "cofactor": case "plain": return agree(words);
            default: throw new IllegalArgumentException(words[0]);
        }
    }

    static String digest(Digest digest, byte[] message) {
        byte[] found = new byte[digest.getDigestSize()];
        digest.update(message, 0, message.length);
        digest.doFinal(found, 0);
        return hex(found);
    }

    static CipherParameters keyed(byte[] key) {
        return new ParametersWithSBox(new KeyParameter(key), TABLE);
    }

    static byte[] simple(byte[] key, byte[] data) {
        GOST28147Engine engine = new GOST28147Engine();
        engine.init(true, keyed(key));
        byte[] found = new byte[data.length];
        for (int place = 0; place < data.length; place += 8) engine.processBlock(data, place, found, place);
        return found;
    }

    static byte[] feedback(byte[] key, byte[] start, byte[] data) throws Exception {
        return through(new CFBBlockCipher(new GOST28147Engine(), 64), key, start, data);
    }

    static byte[] through(BlockCipher mode, byte[] key, byte[] start, byte[] data) throws Exception {
        BufferedBlockCipher cipher = new BufferedBlockCipher(mode);
        cipher.init(true, new ParametersWithIV(keyed(key), start));
        byte[] found = new byte[cipher.getOutputSize(data.length)];
        int length = cipher.processBytes(data, 0, data.length, found, 0);
        length += cipher.doFinal(found, length);
        return Arrays.copyOf(found, length);
    }

    static byte[] mac(byte[] key, byte[] data) {
        Mac mac = new GOST28147Mac();
        mac.init(keyed(key));
        mac.update(data, 0, data.length);
        byte[] found = new byte[mac.getMacSize()];
        mac.doFinal(found, 0);
        return found;
    }

    static byte[] wrap(byte[] key, byte[] start, byte[] content) throws Exception {
        byte[] inner = joined(start, feedback(key, start, joined(content, mac(key, content))));
        return feedback(key, SECOND_START, org.bouncycastle.util.Arrays.reverse(inner));
    }

    static ECDomainParameters curve(String number) {
        return DSTU4145NamedCurves.getByOID(new org.bouncycastle.asn1.ASN1ObjectIdentifier(SIGNATURE + ".2." + number));
    }

    static String sign(ECDomainParameters curve, BigInteger secret, byte[] digest) {
        DSTU4145Signer signer = new DSTU4145Signer();
        signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(secret, curve), CHANCE));
        BigInteger[] numbers = signer.generateSignature(digest);
        return numbers[0].toString(16) + " " + numbers[1].toString(16);
    }

    static String verify(ECDomainParameters curve, String[] words) {
        DSTU4145Signer signer = new DSTU4145Signer();
        signer.init(false, new ECPublicKeyParameters(point(curve, words[2], words[3]), curve));
        return String.valueOf(signer.verifySignature(octets(words[4]), number(words[5]), number(words[6])));
    }

    static ECParameterSpec specification(ECDomainParameters curve) {
        return new ECParameterSpec(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }

    static String signMessage(ECDomainParameters curve, BigInteger secret, byte[] message) throws Exception {
        Signature signature = Signature.getInstance(SIGNATURE, "BC");
        KeyFactory keys = KeyFactory.getInstance("DSTU4145", "BC");
        signature.initSign(keys.generatePrivate(new ECPrivateKeySpec(secret, specification(curve))), CHANCE);
        signature.update(message);
        return hex(ASN1OctetString.getInstance(signature.sign()).getOctets());
    }

    static String verifyMessage(ECDomainParameters curve, String[] words) throws Exception {
        Signature signature = Signature.getInstance(SIGNATURE, "BC");
        KeyFactory keys = KeyFactory.getInstance("DSTU4145", "BC");
        signature.initVerify(keys.generatePublic(new ECPublicKeySpec(point(curve, words[2], words[3]), specification(curve))));
        signature.update(octets(words[4]));
        return String.valueOf(signature.verify(new DEROctetString(octets(words[5])).getEncoded()));
    }

    static String agree(String[] words) {
        ECDomainParameters curve = curve(words[1]);
        ECPrivateKeyParameters secret = new ECPrivateKeyParameters(number(words[2]), curve);
        ECPublicKeyParameters other = new ECPublicKeyParameters(point(curve, words[3], words[4]), curve);
        if (words[0].equals("plain")) {
            ECDHBasicAgreement plain = new ECDHBasicAgreement();
            plain.init(secret);
            return plain.calculateAgreement(other).toString(16);
        }
        ECDHCBasicAgreement cofactor = new ECDHCBasicAgreement();
        cofactor.init(secret);
        return cofactor.calculateAgreement(other).toString(16);
    }

    static ECPoint point(ECDomainParameters curve, String x, String y) {
        return curve.getCurve().createPoint(number(x), number(y));
    }

    static String point(ECPoint point) {
        ECPoint affine = point.normalize();
        return affine.getAffineXCoord().toBigInteger().toString(16) + " " + affine.getAffineYCoord().toBigInteger().toString(16);
    }

    static byte[] unpacked(byte[] table) {
        byte[] nibbles = new byte[2 * table.length];
        for (int place = 0; place < table.length; place++) {
            nibbles[2 * place] = (byte) (table[place] >> 4 & 15);
            nibbles[2 * place + 1] = (byte) (table[place] & 15);
        }
        return nibbles;
    }

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    static byte[] octets(String word) { return Hex.decode(word); }

    static BigInteger number(String word) { return new BigInteger(word, 16); }

    static String hex(byte[] octets) { return Hex.toHexString(octets); }
}
