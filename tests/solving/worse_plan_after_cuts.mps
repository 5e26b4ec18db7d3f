NAME        
OBJSENSE
  MAX
ROWS
 N  Obj     
 E  r0      
 E  r1      
 E  r2      
 L  r3      
 L  r4      
 L  r5      
 L  r6      
 L  r7      
 L  r8      
 L  r9      
 L  r10     
 L  r11     
 E  r12     
 E  r13     
 L  r14     
 L  r15     
 L  r16     
 L  r17     
 L  r18     
 L  r19     
 L  r20     
 L  r21     
 L  r22     
 L  r23     
 L  r24     
 L  r25     
 L  r26     
 L  r27     
 E  r28     
 E  r29     
 E  r30     
 L  r31     
 L  r32     
 L  r33     
 L  r34     
 L  r35     
 L  r36     
 L  r37     
 L  r38     
 L  r39     
 L  r40     
 L  r41     
 L  r42     
 L  r43     
 L  r44     
 L  r45     
 L  r46     
 L  r47     
 L  r48     
 L  r49     
 L  r50     
 L  r51     
 L  r52     
 L  r53     
 L  r54     
 L  r55     
 L  r56     
 L  r57     
 L  r58     
 L  r59     
 E  r60     
 E  r61     
 E  r62     
 G  r63     
 G  r64     
 G  r65     
 L  r66     
COLUMNS
    MARK0000  'MARKER'                 'INTORG'
    c0        Obj       -13.9996713612179
    c0        r0        -1
    c0        r3        -1
    c0        r21       1
    c0        r27       31.037
    c0        r34       -1
    c0        r35       -1
    c0        r48       -37.2444
    c0        r54       -1
    c0        r60       62.074
    c0        r66       62.074
    c1        Obj       -10.2831670263049
    c1        r1        -1
    c1        r5        -1
    c1        r22       1
    c1        r27       31.037
    c1        r36       -1
    c1        r37       -1
    c1        r49       -37.2444
    c1        r55       -1
    c1        r61       62.074
    c2        Obj       -9.9515084600524
    c2        r2        -1
    c2        r7        -1
    c2        r23       1
    c2        r27       31.037
    c2        r38       -1
    c2        r39       -1
    c2        r50       -37.2444
    c2        r56       -1
    c2        r62       62.074
    c3        Obj       9.95865788567075
    c3        r0        -1
    c3        r4        -1
    c3        r24       1
    c3        r25       1
    c3        r26       1
    c3        r27       -18.9992
    c3        r40       -1
    c3        r41       -1
    c3        r51       -22.79904
    c3        r57       -1
    c3        r60       37.9984
    c3        r66       37.9984
    c4        Obj       13.5571692227429
    c4        r1        -1
    c4        r6        -1
    c4        r25       1
    c4        r26       1
    c4        r27       -18.9992
    c4        r42       -1
    c4        r43       -1
    c4        r52       -22.79904
    c4        r58       -1
    c4        r61       37.9984
    c5        Obj       13.770128874684
    c5        r2        -1
    c5        r8        -1
    c5        r26       1
    c5        r27       -18.9992
    c5        r44       -1
    c5        r45       -1
    c5        r53       -22.79904
    c5        r59       -1
    c5        r62       37.9984
    MARK0001  'MARKER'                 'INTEND'
    c6        Obj       -0.618966685699098
    c6        r12       -1
    c6        r14       1
    c6        r46       -1
    c6        r60       5.4635
    c6        r61       5.4635
    c6        r66       5.4635
    c7        Obj       -0.157409816517742
    c7        r13       -1
    c7        r14       1
    c7        r47       -1
    c7        r61       2.9045
    c7        r62       2.9045
    MARK0002  'MARKER'                 'INTORG'
    c8        r12       1
    c8        r13       -1
    c8        r16       -10
    c8        r19       -10
    c9        r13       1
    c9        r17       -10
    c9        r20       -10
    c10       Obj       3.69414653677511
    c10       r1        1
    c10       r3        1
    c10       r54       1
    c10       r61       -51.974
    c11       Obj       3.41228357414391
    c11       r2        1
    c11       r3        1
    c11       r62       -51.948
    c12       Obj       3.69414653677511
    c12       r1        1
    c12       r4        1
    c12       r57       1
    c12       r61       -51.974
    c13       Obj       3.41228357414391
    c13       r2        1
    c13       r4        1
    c13       r62       -51.948
    c14       Obj       0.0256177445506296
    c14       r2        1
    c14       r5        1
    c14       r55       1
    c14       r62       -51.974
    c15       Obj       0.0256177445506296
    c15       r2        1
    c15       r6        1
    c15       r58       1
    c15       r62       -51.974
    MARK0003  'MARKER'                 'INTEND'
    c16       Obj       -1.14787739258706
    c16       r0        1
    c16       r1        -1
    c16       r9        -1
    c16       r15       10
    c16       r18       10
    c16       r60       1.153496
    c17       Obj       -1.1477639136322
    c17       r1        1
    c17       r2        -1
    c17       r10       -1
    c17       r16       10
    c17       r19       10
    c17       r61       1.1590904
    c18       Obj       -1.51762041080472
    c18       r2        1
    c18       r11       -1
    c18       r17       10
    c18       r20       10
    c18       r62       1.5402656
    c19       Obj       7.34790721004705
    c19       r9        1
    c19       r28       8
    c19       r60       -7.3838736
    c20       Obj       7.39296063670111
    c20       r10       1
    c20       r29       8
    c20       r61       -7.46591664
    c21       Obj       7.39587091305013
    c21       r11       1
    c21       r30       8
    c21       r62       -7.50622848
    c22       r28       1
    c22       r31       1
    c23       r29       1
    c23       r32       1
    c24       r30       1
    c24       r33       1
    c25       Obj       24.708656559693
    c25       r34       1
    c25       r48       24.8296
    c25       r60       -24.8296
    c26       Obj       24.5869682553854
    c26       r36       1
    c26       r49       24.8296
    c26       r61       -24.8296
    c27       Obj       24.4645519267047
    c27       r38       1
    c27       r50       24.8296
    c27       r62       -24.8296
    c28       Obj       18.906656076172
    c28       r40       1
    c28       r51       18.9992
    c28       r60       -18.9992
    c29       Obj       18.8135421947079
    c29       r42       1
    c29       r52       18.9992
    c29       r61       -18.9992
    c30       Obj       18.7198712410126
    c30       r44       1
    c30       r53       18.9992
    c30       r62       -18.9992
    c31       Obj       15.4429103498081
    c31       r35       1
    c31       r48       15.5185
    c31       r54       1
    c31       r60       -15.5185
    c32       Obj       15.3668551596159
    c32       r37       1
    c32       r49       15.5185
    c32       r55       1
    c32       r61       -15.5185
    c33       r39       1
    c33       r50       15.5185
    c33       r56       1
    c33       r62       -15.5185
    c34       Obj       9.45332803808599
    c34       r41       1
    c34       r51       9.4996
    c34       r57       1
    c34       r60       -9.4996
    c35       Obj       9.40677109735393
    c35       r43       1
    c35       r52       9.4996
    c35       r58       1
    c35       r61       -9.4996
    c36       r45       1
    c36       r53       9.4996
    c36       r59       1
    c36       r62       -9.4996
    c37       Obj       0.148047604156426
    c37       r46       1
    c37       r61       -2.73175
    c38       Obj       0.0357724706958196
    c38       r47       1
    c38       r62       -1.45225
    c39       r60       1
    c39       r61       -1
    c39       r63       1
    c40       r61       1
    c40       r62       -1
    c40       r64       1
    c41       r62       1
    c41       r65       1
RHS
    RHS_V     r14       1
    RHS_V     r15       30
    RHS_V     r16       30
    RHS_V     r17       30
    RHS_V     r18       10
    RHS_V     r19       10
    RHS_V     r20       10
    RHS_V     r21       1
    RHS_V     r22       1
    RHS_V     r23       1
    RHS_V     r24       1
    RHS_V     r25       3
    RHS_V     r26       3
    RHS_V     r28       16.19
    RHS_V     r29       16.19
    RHS_V     r30       16.19
    RHS_V     r31       16.19
    RHS_V     r32       16.19
    RHS_V     r33       16.19
    RHS_V     r60       59.187
    RHS_V     r63       13.922
    RHS_V     r64       13.922
    RHS_V     r65       13.922
    RHS_V     r66       32.196
BOUNDS
 BV BOUND     c0      
 BV BOUND     c1      
 BV BOUND     c2      
 BV BOUND     c3      
 UI BOUND     c4        2
 UI BOUND     c5        2
 UP BOUND     c6        1
 UP BOUND     c7        1
 BV BOUND     c8      
 BV BOUND     c9      
 LI BOUND     c10       0
 LI BOUND     c11       0
 LI BOUND     c12       0
 LI BOUND     c13       0
 LI BOUND     c14       0
 LI BOUND     c15       0
 FR BOUND     c39     
 FR BOUND     c40     
 FR BOUND     c41     
ENDATA
